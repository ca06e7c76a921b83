import { entriesOf, planOf } from '../plan/detector';
import { freeName } from '../plan/names';
import type { DetectorPlan } from '../plan/types';
import { respondPage } from '../plan/respond';
import { detectorQuery } from '../sql/detector';
import { differencesOf } from '../sql/differences';
import type { Written } from '../sql/written';
import { NotExportable, type ExportResult, type WholeContent } from '../target';
import { filterTemplate, spendTemplate, type Filtered } from './alarms';
import { athena } from './athena';
import { coreTemplate } from './core-template';
import { formsOf } from './form';
import { filterPatterns } from './pattern';
import { readme, type NoFilter } from './report';
import { sourceTemplate } from './source-template';
import { FEW, statementFiles } from './statements';
import { LIMITS } from './limits';
import { detectorRow, detectorStatement } from './detectors';
import { templateText } from './template';

/** The source whose log group metric filters are made for. */
const TRAIL = 'aws.cloudtrail';

/** Everything for AWS: templates of CloudFormation, statements for Athena, and pages. */
export function aws(content: WholeContent): ExportResult {
  const written: Written[] = [];
  const taken = new Set<string>();
  const files = new Map<string, string>();
  const entries = entriesOf(content, (detector) => {
    const plan = planOf(detector, content);
    const name = freeName(detector, taken);
    const one = { detector, plan, name, query: detectorQuery(athena, plan, false) };
    refuseLong(one, content);
    written.push(one);
    const differences = differencesOf(plan, athena.decimalDigits);
    const exactness = plan.kind === 'hunt' && differences.length > 0 ? 'superset' : 'exact';
    const isScheduled = plan.kind !== 'hunt' || plan.hunt.schedule !== null;
    if (!isScheduled) differences.push('It has no schedule: run its statement by hand.');
    return { rule: detector, type: plan.kind, exactness, path: `statements/detectors/${name}.sql`, differences };
  });
  const forms = formsOf(content);
  const statements = statementFiles(written, forms, content.acts);
  const { filtered, without } = metricFilters(written);
  files.set('README.md', readme({ entries, written, forms, filtered, without }));
  files.set('templates/core.json', templateText(coreTemplate()));
  files.set('templates/spend-alarms.json', templateText(spendTemplate()));
  if (filtered.length > 0) files.set('templates/metric-filters.json', templateText(filterTemplate(filtered)));
  for (const form of forms) files.set(`templates/sources/${form.name}.json`, templateText(sourceTemplate(form)));
  for (const [path, text] of statements) files.set(path, text);
  for (const [index, entry] of entries.filter(({ path }) => path !== null).entries())
    files.set(
      `respond/${written[index]!.name}.md`,
      respondPage(written[index]!.detector, content.acts, entry.differences),
    );
  return { files, entries };
}

/** Throws `NotExportable` for what is longer than a state machine takes. */
function refuseLong(one: Written, { acts }: WholeContent): void {
  const said: [string, string, number][] = [
    ['Its statement', detectorStatement(one), LIMITS.statementBytes],
    ['What is told of it', detectorRow(one, acts).join(', '), LIMITS.statementBytes / FEW],
  ];
  for (const [what, text, most] of said) {
    const bytes = Buffer.byteLength(text);
    if (bytes > most) throw new NotExportable(`${what} has ${bytes} bytes, and a state machine takes ${most}.`);
  }
}

/** Detections of single events that filters on CloudTrail's log group can say, and why the others can't. */
function metricFilters(written: readonly Written[]): { filtered: Filtered[]; without: NoFilter[] } {
  const filtered: Filtered[] = [];
  const without: NoFilter[] = [];
  for (const { detector, name, plan } of written) {
    if (plan.kind !== 'events' || !isTrail(plan)) continue;
    try {
      const patterns = filterPatterns(plan.source.predicate, plan.source.contract);
      filtered.push({ detector, name, patterns });
    } catch (error) {
      if (!(error instanceof NotExportable)) throw error;
      without.push({ detector, reason: error.message });
    }
  }
  return { filtered, without };
}

function isTrail(plan: DetectorPlan & { kind: 'events' }): boolean {
  return plan.source.contract.id === TRAIL;
}

import type { HuntQuery } from '../../detection/hunt/types';
import { contractsOf } from '../plan/contracts';
import { entriesOf, planOf } from '../plan/detector';
import { freeName } from '../plan/names';
import type { ExportDetector } from '../plan/types';
import { NotExportable, type ExportEntry, type ExportResult, type WholeContent } from '../target';
import { huntingResource, ruleResource, template, watchlistResource, type Resource } from './arm';
import { huntingQuery, scheduledQuery } from './detector';
import { differencesOf } from './differences';
import { beyondLimits } from './limits';
import { parserFiles, shapeOf } from './parsers';
import { readme, type PlannedEntry } from './report';
import { respondPage } from '../plan/respond';
import { scheduledRule } from './rule';
import { watchlists } from './watchlists';
import { huntingYaml, ruleYaml } from './yaml';

/** What has been written so far. */
interface Written {
  files: Map<string, string>;
  rules: Resource[];
  hunts: Resource[];
  made: PlannedEntry[];
  taken: Set<string>;
}

/** Everything for Microsoft Sentinel. */
export function sentinel(content: WholeContent): ExportResult {
  const written: Written = { files: new Map(), rules: [], hunts: [], made: [], taken: new Set() };
  const { files, rules, hunts, made } = written;
  const entries = entriesOf(content, (detector) => write(detector, content, written));
  files.set('arm/analytic-rules.json', template(rules));
  files.set('arm/hunting-queries.json', template(hunts));
  for (const [path, text] of parserFiles(content)) files.set(path, text);
  const lists = watchlists(made.map(({ plan }) => plan));
  for (const { alias, csv } of lists) files.set(`watchlists/${alias}.csv`, csv);
  files.set('arm/watchlists.json', template(lists.map(watchlistResource)));
  const sources = [...content.contracts.values()].map((contract) => ({ contract, shape: shapeOf(content, contract) }));
  files.set('README.md', readme(entries, made, sources));
  return { files, entries };
}

/** A rule by its schedule; a query for an analyst, and by its schedule where Sentinel can run it so. */
function write(
  detector: ExportDetector,
  content: WholeContent,
  { files, rules, hunts, made, taken }: Written,
): ExportEntry {
  const plan = planOf(detector, content);
  const contract = contractsOf(plan)[0];
  const differences = differencesOf(plan);
  const exactness = differences.length > 0 ? 'superset' : 'exact';
  const name = freeName(detector, taken);
  const entry: ExportEntry = {
    rule: detector,
    type: 'scheduled',
    exactness,
    path: `analytic-rules/${name}.yaml`,
    differences,
  };
  const addRule = () => {
    const rule = scheduledRule(name, detector, contract, scheduledQuery(plan));
    const [beyond] = beyondLimits(rule);
    if (beyond !== undefined) throw new NotExportable(beyond);
    files.set(`analytic-rules/${name}.yaml`, ruleYaml(rule));
    rules.push(ruleResource(rule));
  };
  if (plan.kind !== 'hunt') addRule();
  else {
    const query = detector as HuntQuery;
    const hunting = huntingQuery(plan.hunt);
    files.set(`hunting-queries/${name}.yaml`, huntingYaml(query, contract, hunting));
    hunts.push(huntingResource(query, hunting));
    entry.type = 'scheduled and hunting';
    try {
      addRule();
    } catch (error) {
      if (!(error instanceof NotExportable)) throw error;
      entry.type = 'hunting';
      entry.path = `hunting-queries/${name}.yaml`;
      differences.push(`Not by schedule: ${error.message}`);
    }
  }
  made.push({ entry, plan });
  files.set(`respond/${name}.md`, respondPage(detector, content.acts, differences));
  return entry;
}

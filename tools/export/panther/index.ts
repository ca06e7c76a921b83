import { entriesOf, planOf } from '../plan/detector';
import { freeName } from '../plan/names';
import type { DetectorPlan, ExportDetector, Source } from '../plan/types';
import { differencesOf } from '../sentinel/differences';
import type { ExportResult, WholeContent } from '../target';
import { aboutRule } from './about';
import { HELPER, helperText } from './helper';
import { customLogType, logType, shapeFor, type LogTypeShapes } from './log-type';
import { lookupFiles } from './lookups';
import { readme } from './report';
import { lakeQuery, queryFile, queryName, rowModule, rowTest } from './scheduled';
import { customSchema } from './schema';
import { ruleModule, ruleTests } from './streaming';
import { yaml } from './yaml';

/** The platform of the shapes that are Panther's own log types. */
const PLATFORM = 'panther';

/** How long Panther adds to an alert what has its title or dedup string, in minutes. */
const DEDUP = { streaming: 60, scheduled: 1440 } as const;

/** Everything for Panther: rules, queries and lookup tables for its Analysis Tool, schemas of log types, and a page. */
export function panther(content: WholeContent): ExportResult {
  const shapes: LogTypeShapes = new Map(
    content.shapes.filter(({ platform }) => platform === PLATFORM).map((shape) => [shape.id, shape]),
  );
  const contracts = [...content.contracts.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const files = new Map<string, string>();
  const plans: DetectorPlan[] = [];
  const taken = new Set<string>([HELPER]);
  /** Writes a rule, and gives its name. */
  const rule = (detector: ExportDetector, type: string, module: string, settings: (name: string) => object): string => {
    const name = freeName(detector, taken);
    files.set(`rules/${name}.py`, module);
    files.set(
      `rules/${name}.yml`,
      yaml({ AnalysisType: type, ...aboutRule(name, detector, content.acts), Threshold: 1, ...settings(name) }),
    );
    return name;
  };
  const streaming = (detector: ExportDetector, source: Source): string => {
    const shape = shapeFor({ kind: 'events', source }, source.contract, shapes);
    return rule(detector, 'rule', ruleModule(detector.title, source, shape), () => ({
      LogTypes: [logType(source.contract, shape)],
      DedupPeriodMinutes: DEDUP.streaming,
      Tests: ruleTests(source, shape, content.cases?.(detector.id) ?? []),
    }));
  };
  const scheduled = (detector: ExportDetector, plan: DetectorPlan): string => {
    const query = lakeQuery(plan, contracts, shapes);
    const name = rule(detector, 'scheduled_rule', rowModule(detector.title, plan), (own) => ({
      ScheduledQueries: [queryName(own)],
      DedupPeriodMinutes: DEDUP.scheduled,
      Tests: [rowTest(plan)],
    }));
    files.set(`queries/${name}.yml`, queryFile(name, detector.title, query));
    return name;
  };
  const entries = entriesOf(content, (detector) => {
    const plan = planOf(detector, content);
    const name = plan.kind === 'events' ? streaming(detector, plan.source) : scheduled(detector, plan);
    plans.push(plan);
    const differences = differencesOf(plan);
    return {
      rule: detector,
      type: plan.kind === 'events' ? 'rule' : 'scheduled_rule',
      exactness: differences.length > 0 ? 'superset' : 'exact',
      path: `rules/${name}.yml`,
      differences,
    };
  });
  files.set(`global_helpers/${HELPER}.py`, helperText());
  files.set(
    `global_helpers/${HELPER}.yml`,
    yaml({
      AnalysisType: 'global',
      GlobalID: HELPER,
      Filename: `${HELPER}.py`,
      Description: 'What Tollgate rules share',
    }),
  );
  for (const contract of contracts) files.set(`schemas/${customLogType(contract)}.yml`, customSchema(contract));
  for (const [path, text] of lookupFiles(plans)) files.set(path, text);
  files.set('README.md', readme(entries, contracts, shapes));
  return { files, entries };
}

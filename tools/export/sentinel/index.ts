import { parse } from 'node:path';
import { curveName, curvesOf, pointsOf } from '../plan/curves';
import { alerting, planOf } from '../plan/detector';
import type { DetectorPlan, ExportDetector } from '../plan/types';
import { snake } from '../sql/columns';
import { NotExportable, type ExportContent, type ExportEntry, type ExportResult, type WholeContent } from '../target';
import type { Contract } from '../../telemetry/contract';
import { COUNTRY_PREFIXES } from '../../telemetry/prefixes';
import type { HuntQuery } from '../../detection/hunt/types';
import { contractFor } from '../../telemetry/logsource';
import { huntingResource, parserResource, ruleResource, tableResource, template, watchlistResource, type Resource } from './arm';
import { huntingQuery, scheduledQuery } from './detector';
import { differencesOf } from './differences';
import { CURVE_FUNCTION } from './hunt';
import { beyondLimits } from './limits';
import { CURVE_PARSER, parser, WATCHLISTS } from './parser';
import { readme } from './report';
import { respondPage } from './respond';
import { scheduledRule } from './rule';
import { customTable, functionName } from './source';
import { huntingYaml, parserYaml, ruleYaml } from './yaml';

/** The platform of the shapes that are Sentinel's own tables. */
export const PLATFORM = 'sentinel';

const CURVE_PARAMETERS = 'name:string';

/** Everything for Microsoft Sentinel. */
export function sentinel(content: WholeContent): ExportResult {
  const files = new Map<string, string>();
  const [rules, hunts]: [Resource[], Resource[]] = [[], []];
  const plans: DetectorPlan[] = [];
  const taken = new Set<string>();
  const entries = [...alerting(content.rules), ...content.queries].map((detector): ExportEntry => {
    try {
      const plan = planOf(detector, content);
      const name = freeName(detector, taken);
      const entry = write(detector, plan, name, content, files, rules, hunts);
      plans.push(plan);
      files.set(`respond/${name}.md`, respondPage(detector, content.acts, entry.differences));
      return entry;
    } catch (error) {
      if (!(error instanceof NotExportable)) throw error;
      return { rule: detector, type: '-', exactness: 'refused', path: null, differences: [error.message] };
    }
  });
  files.set('arm/analytic-rules.json', template(rules));
  files.set('arm/hunting-queries.json', template(hunts));
  const contracts = [...content.contracts.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  writeParsers(content, contracts, files);
  writeWatchlists(plans, files);
  const sources = contracts.map((contract) => ({ contract, shape: shapeOf(content, contract) }));
  files.set('README.md', readme(entries, sources));
  return { files, entries };
}

/** A rule by its schedule; a query also, where Sentinel can run it so, and in any case for an analyst. */
function write(
  detector: ExportDetector,
  plan: DetectorPlan,
  name: string,
  content: ExportContent,
  files: Map<string, string>,
  rules: Resource[],
  hunts: Resource[],
): ExportEntry {
  const contract = firstContract(detector, plan, content);
  const differences = differencesOf(plan);
  const exactness = differences.length > 0 ? 'superset' : 'exact';
  if (plan.kind === 'hunt') {
    const query = huntingQuery(plan.hunt);
    const path = `hunting-queries/${name}.yaml`;
    files.set(path, huntingYaml(detector as HuntQuery, contract, query));
    hunts.push(huntingResource(detector as HuntQuery, query));
    try {
      addRule(name, detector, plan, contract, files, rules);
      return { rule: detector, type: 'scheduled and hunting', exactness, path: `analytic-rules/${name}.yaml`, differences };
    } catch (error) {
      if (!(error instanceof NotExportable)) throw error;
      return { rule: detector, type: 'hunting', exactness, path, differences: [...differences, `Not by schedule: ${error.message}`] };
    }
  }
  addRule(name, detector, plan, contract, files, rules);
  return { rule: detector, type: 'scheduled', exactness, path: `analytic-rules/${name}.yaml`, differences };
}

function addRule(
  name: string,
  detector: ExportDetector,
  plan: DetectorPlan,
  contract: Contract,
  files: Map<string, string>,
  rules: Resource[],
): void {
  const rule = scheduledRule(name, detector, contract, scheduledQuery(plan));
  const [beyond] = beyondLimits(rule);
  if (beyond !== undefined) throw new NotExportable(beyond);
  files.set(`analytic-rules/${name}.yaml`, ruleYaml(rule));
  rules.push(ruleResource(rule));
}

function firstContract(detector: ExportDetector, plan: DetectorPlan, { contracts, rules }: ExportContent): Contract {
  if (plan.kind === 'hunt') return plan.hunt.contract;
  if (plan.kind === 'events') return plan.source.contract;
  const below = (id: string): Contract | undefined => {
    const rule = rules.find((one) => one.id === id);
    if (rule?.kind === 'detection') return contractFor(rule.logsource, contracts.values()) ?? undefined;
    return rule?.rules.map(below).find((found) => found !== undefined);
  };
  return below(detector.id)!;
}

function shapeOf({ shapes }: WholeContent, { id }: Contract): WholeContent['shapes'][0] | undefined {
  return shapes.find((shape) => shape.platform === PLATFORM && shape.id === id);
}

function writeParsers(content: WholeContent, contracts: readonly Contract[], files: Map<string, string>): void {
  const parsers: Resource[] = [];
  for (const contract of contracts) {
    const name = functionName(contract);
    const own = parser(contract);
    files.set(`parsers/${contract.id}.yaml`, parserYaml(name, `${contract.title}, from ${customTable(contract)}`, own));
    const shape = shapeOf(content, contract);
    const source = contract.id;
    parsers.push(parserResource(name, contract.title, own, shape ? { native: { source, is: false } } : {}));
    if (!shape) continue;
    const native = parser(contract, shape);
    files.set(`parsers/native/${contract.id}.yaml`, parserYaml(name, `${contract.title}, from ${shape.index}`, native));
    parsers.push(parserResource(name, contract.title, native, { native: { source, is: true } }));
  }
  files.set(`parsers/curves.yaml`, parserYaml(CURVE_FUNCTION, 'Points of the curves that limits come from', CURVE_PARSER, CURVE_PARAMETERS));
  parsers.push(parserResource(CURVE_FUNCTION, 'Points of the curves that limits come from', CURVE_PARSER, { parameters: CURVE_PARAMETERS }));
  files.set('arm/parsers.json', template(parsers, true));
  files.set('arm/tables.json', template(contracts.map(tableResource)));
}

function writeWatchlists(plans: readonly DetectorPlan[], files: Map<string, string>): void {
  const prefixes = Object.entries(COUNTRY_PREFIXES).flatMap(([country, list]) => list.split(' ').map((prefix) => `${prefix},${country}\n`));
  const lists: [string, string, string][] = [
    [WATCHLISTS.prefixes, 'prefix', `prefix,country\n${prefixes.sort().join('')}`],
    [WATCHLISTS.assets, 'account', 'account,asset\nexample-account,example-product\n'],
    [WATCHLISTS.curves, 'curve', curvePoints(plans)],
  ];
  for (const [alias, , csv] of lists) files.set(`watchlists/${alias}.csv`, csv);
  files.set('arm/watchlists.json', template(lists.map(([alias, key, csv]) => watchlistResource(alias, key, csv))));
}

function curvePoints(plans: readonly DetectorPlan[]): string {
  const rows = curvesOf(plans).flatMap((curve) => pointsOf(curve).map(({ at, value }) => `${curveName(curve)},${at},${value}\n`));
  return `curve,point_at,point_value\n${rows.join('')}`;
}

/** A rule's name, or that of its file. */
function freeName(detector: ExportDetector, taken: Set<string>): string {
  const name = snake('name' in detector && typeof detector.name === 'string' ? detector.name : parse(detector.file).name);
  let free = name;
  for (let n = 2; taken.has(free); n++) free = `${name}_${n}`;
  taken.add(free);
  return free;
}

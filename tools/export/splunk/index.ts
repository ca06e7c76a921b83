import type { Contract } from '../../telemetry/contract';
import { contractsOf } from '../plan/contracts';
import { entriesOf, planOf } from '../plan/detector';
import { lackingFields } from '../plan/fields';
import { freeName } from '../plan/names';
import type { DetectorPlan } from '../plan/types';
import { differencesOf } from '../sentinel/differences';
import { respondPage } from '../plan/respond';
import { NotExportable, type ExportResult, type WholeContent } from '../target';
import { APP, appFiles, filterStanza, sourceMacros } from './app';
import { conf, type Stanza } from './conf';
import { dashboard, navigation } from './dashboard';
import { beyondLimits } from './limits';
import { lookupFiles } from './lookups';
import type { Shapes } from './records';
import { readme } from './report';
import { filterMacro, savedSearch } from './saved-search';
import { searchOf } from './search';
import { siteRules, siteStanza } from './site';

/** The platform of the shapes that are Splunk's add-ons. */
const PLATFORM = 'splunk';

/** Everything for Splunk: an app, and pages beside it. */
export function splunk(whole: WholeContent): ExportResult {
  const { rules, macros } = siteRules(whole);
  const content = { ...whole, rules };
  const shapes: Shapes = new Map(
    content.shapes.filter(({ platform }) => platform === PLATFORM).map((shape) => [shape.id, shape]),
  );
  const contracts = [...content.contracts.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const searches: Stanza[] = [];
  const filters: Stanza[] = [];
  const plans: DetectorPlan[] = [];
  const pages = new Map<string, string>();
  const taken = new Set<string>();
  const entries = entriesOf(content, (detector) => {
    const plan = planOf(detector, content);
    refuseLacking(plan, contracts, shapes);
    const differences = differencesOf(plan);
    const name = freeName(detector, taken);
    const search = searchOf(plan, shapes, filterMacro(name));
    const stanza = savedSearch(name, detector, plan, contractsOf(plan)[0], search);
    const [beyond] = beyondLimits(stanza);
    if (beyond !== undefined) throw new NotExportable(beyond);
    searches.push(stanza);
    filters.push(filterStanza(filterMacro(name)));
    plans.push(plan);
    const path = `respond/${name}.md`;
    pages.set(path, respondPage(detector, content.acts, differences));
    return {
      rule: detector,
      type: 'search',
      exactness: differences.length > 0 ? 'superset' : 'exact',
      path,
      differences,
    };
  });
  const app = new Map([
    ...appFiles(contracts),
    ['default/savedsearches.conf', conf(searches)],
    [
      'default/macros.conf',
      conf([...contracts.flatMap((contract) => sourceMacros(contract, shapes)), ...macros.map(siteStanza), ...filters]),
    ],
    ['default/data/ui/views/tollgate.xml', dashboard()],
    ['default/data/ui/nav/default.xml', navigation()],
    ...lookupFiles(plans),
  ]);
  const files = new Map([...app].map(([path, text]) => [`${APP}/${path}`, text]));
  for (const [path, text] of pages) files.set(path, text);
  files.set('README.md', readme(entries, contracts, shapes, macros));
  return { files, entries };
}

/** Throws `NotExportable`, with the reason, for what reads a field that an add-on's records don't have. */
function refuseLacking(plan: DetectorPlan, contracts: readonly Contract[], shapes: Shapes): void {
  for (const contract of contracts) {
    const shape = shapes.get(contract.id);
    const [field] = shape ? lackingFields(plan, contract, shape) : [];
    if (!shape || field === undefined) continue;
    const reason = shape.lacks[field] ?? 'it is derived of fields that are lacking';
    throw new NotExportable(`${shape.title} has no ${field}: ${reason}.`);
  }
}

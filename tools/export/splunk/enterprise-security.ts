import type { HuntQuery } from '../../detection/hunt/types';
import type { Level } from '@tollgate/sigma/rules/model';
import type { Contract } from '../../telemetry/contract';
import type { ExportDetector } from '../plan/types';
import { entities } from '../sentinel/rule';
import { prose, withoutTokens } from './conf';
import type { SplunkSearch } from './search';
import { sourceMacro, columnOf } from './source';

/**
 * How much a finding adds to the risk of what it is about: as in Elastic's export, and each in its level's range by
 * https://docs.splunk.com/Documentation/ES/7.3.2/User/RiskScoring.
 */
const SCORES: Record<Level, number> = { informational: 5, low: 21, medium: 47, high: 73, critical: 99 };

/** What Enterprise Security calls an entity. */
const OBJECTS = { CloudApplication: 'other', IP: 'system', Account: 'user' } as const;

/** How long before what a result tells its records begin that are looked at next, and how long after it they end. */
const AROUND = { earliest: '-24h', latest: '+24h' };

/**
 * Settings by which a search is one of Enterprise Security's: its label and ATT&CK techniques, the finding with where to look next, and the risk of the
 * objects. Names and values as those of Splunk's own content (https://github.com/splunk/contentctl, `contentctl/output/templates/savedsearches_detections.j2`);
 * where Enterprise Security is not installed, nothing reads them.
 */
export function enterpriseSecurity(
  name: string,
  detector: ExportDetector,
  contract: Contract,
  search: SplunkSearch,
): Record<string, string | number> {
  const { title, description, tags, level = 'medium' } = detector;
  const techniques = tags.flatMap((tag) => /^attack\.(t\d{4}(?:\.\d{3})?)$/i.exec(tag)?.[1]?.toUpperCase() ?? []);
  const objects = riskObjects(contract, search, SCORES[level]);
  const told = search.fields.map(({ column }) => `${column} $${column}$`).join(', ');
  return {
    'action.correlationsearch.enabled': 1,
    'action.correlationsearch.detection_type': 'ebd',
    'action.correlationsearch.label': `Tollgate - ${prose(title)}`,
    'action.correlationsearch.annotations': JSON.stringify({ mitre_attack: [...new Set(techniques)].sort() }),
    'action.notable': 1,
    'action.notable.param.rule_title': `${withoutTokens(title)}${told === '' ? '' : `: ${told}`}`,
    'action.notable.param.rule_description': withoutTokens(`${description || title} What to do: respond/${name}.md.`),
    'action.notable.param.security_domain': 'threat',
    'action.notable.param.severity': level,
    'action.notable.param.drilldown_searches': JSON.stringify(drilldowns(contract, search)),
    ...nextSteps(detector, search),
    ...(objects.length > 0 && {
      'action.risk': 1,
      'action.risk.param._risk': JSON.stringify(objects),
      'action.risk.param._risk_message': `${withoutTokens(title)}: ${told}`,
      'action.risk.param._risk_score': 0,
      'action.risk.param.verbose': 0,
    }),
  };
}

function riskObjects(contract: Contract, { fields }: SplunkSearch, score: number): object[] {
  return entities(contract, fields).map(({ entityType, fieldMappings: [of] }) => ({
    risk_object_field: of!.columnName,
    risk_object_type: OBJECTS[entityType],
    risk_score: score,
  }));
}

/** The records of a result's group around it. */
function drilldowns(contract: Contract, { fields }: SplunkSearch): object[] {
  const tests = fields.map(({ field, column }) => `${columnOf(contract, field).name}=$${column}|s$`);
  const search = [`\`${sourceMacro(contract)}\``, ...(tests.length > 0 ? [`search ${tests.join(' ')}`] : [])].join(
    ' | ',
  );
  const offsets = { earliest_offset: `$info_min_time$`, latest_offset: '$info_max_time$' };
  return [
    { name: `Records of this group in ${contract.title}`, search, ...offsets },
    { name: 'The same a day before and after', search, earliest_offset: AROUND.earliest, latest_offset: AROUND.latest },
  ];
}

/** What a query says of where to look before and after, with the result's values; for a rule that stands on its page. */
function nextSteps(detector: ExportDetector, { fields }: SplunkSearch): Record<string, string> {
  const { pivot } = detector as Partial<HuntQuery>;
  if (pivot === undefined) return {};
  const steps = withoutTokens(`${pivot.before} ${pivot.after}`).replace(/\{([^{}]+)\}/g, (whole, field: string) => {
    if (field === 'from' || field === 'to') return `$window_${field}$`;
    const found = fields.find((one) => one.field === field);
    return found ? `$${found.column}$` : whole;
  });
  return { 'action.notable.param.next_steps': JSON.stringify({ version: 1, data: steps }) };
}

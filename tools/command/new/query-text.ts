import { parseTimespan } from '@tollgate/sigma/rules/timespan';
import { unitOf, type DetectorDraft } from './draft';
import { BASELINE_DAYS, EVERY, limitFor } from './query-cases';
import { duration } from './case-events';
import { flow, modeline, prose } from './yaml';

/** The file of a new query: more than usual of something in a group, by what the two weeks before make likely. */
export function queryText(draft: DetectorDraft): string {
  const { contract, count, groupBy, where, within } = draft;
  const windowMs = parseTimespan(within)!;
  const { windows, peak, spread, chance } = limitFor(windowMs);
  const parameter = (
    name: string,
    type: string,
    value: number,
    unit: string,
    range: string,
    description: string,
  ): string =>
    `  ${name}: {type: ${type}, default: ${value}, unit: ${unit}, range: ${range}, description: ${flow(description)}}`;
  const unit = unitOf(draft);
  const falsepositives = draft.confuses.map(
    (name) => `  - ${flow(`${name}: TODO what happens there, and why it is not this`)}`,
  );
  const one = groupBy.map((field) => `${field}:{${field}}`).join(' and ');
  return [
    modeline(`fields/${contract.id}`, 2),
    `title: ${flow(draft.title)}`,
    `id: ${draft.id}`,
    'status: experimental',
    `level: ${draft.level}`,
    prose('description', 'TODO: what it finds, in two sentences, and why nothing honest looks like it.'),
    'references:',
    ...draft.references.map((page) => `  - ${page}`),
    `date: ${draft.date}`,
    'tags: [attack.impact, attack.t1496.003]',
    `source: ${contract.id}`,
    `scope: {asset: ${contract.roles.asset}, identity: ${String(contract.roles.identity)}}`,
    `window: {default: ${within}, max: ${windowMs > 86_400_000 ? within : '24h'}}`,
    `baseline: {length: ${BASELINE_DAYS}d}`,
    'parameters:',
    parameter(
      'at_least',
      'integer',
      draft.atLeast,
      unit,
      `[2, ${draft.atLeast * 100}]`,
      `Fewest in ${within} that are worth a look.`,
    ),
    parameter('peak', 'number', peak, 'times', '[1, 24]', `How many times an average ${within} the busiest have.`),
    parameter(
      'spread',
      'number',
      spread,
      'share',
      '[0, 1]',
      'By what part of itself the usual number varies from day to day.',
    ),
    parameter(
      'chance',
      'number',
      chance,
      'share',
      '[0.000000001, 0.01]',
      'With what chance an honest window of a group may reach the limit.',
    ),
    'detection:',
    '  selection:',
    ...where.map(({ field, value }) => `    ${field}: ${flow(value)}`),
    '  condition: selection',
    `group-by: ${flow(groupBy)}`,
    'measures:',
    count === null ? '  counted: {count: selection}' : `  counted: {distinct: ${count}, of: selection}`,
    '  before: {count: selection, over: baseline}',
    'derive:',
    `  # The baseline has ${windows} windows.`,
    `  usual: upper95(before) / ${windows} * $peak`,
    '  limit: count_limit(usual, $spread, $chance)',
    'having: counted >= max($at_least, limit)',
    'sort: [-counted]',
    `schedule: {every: ${duration(EVERY)}, delay: 1m}`,
    'pivot:',
    prose('before', `${contract.id}: ${one}, from {from} to {to}: TODO which field tells who asked?`, 2),
    prose('after', `${contract.id}: ${one}, from {from} on: TODO what shows whether it goes on?`, 2),
    'falsepositives:',
    ...falsepositives,
    'tollgate:',
    `  shows: ${flow(draft.shows)}`,
    `  moment: ${draft.moment}`,
    prose('evasion', 'TODO: how an attacker stays below it, and which rule or query then sees him.', 2),
    prose('response', 'TODO: what tells a campaign from honest traffic in a row.', 2),
    `  acts: ${flow(draft.acts)}`,
    `  catches: ${flow(draft.catches)}`,
    '  # budget: to be measured; write here what `tollgate measure` proves, then status: test',
    '',
  ].join('\n');
}

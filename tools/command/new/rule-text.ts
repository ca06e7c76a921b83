import { randomUUID } from 'node:crypto';
import { TIMESPAN_UNITS } from '../../detection/parameters/place';
import { unitOf, type DetectorDraft } from './draft';
import { flow, modeline, prose } from './yaml';

/** The file of a new rule: one document, or a correlation with its base. */
export function ruleText(draft: DetectorDraft): string {
  const head = modeline(`fields/${draft.contract.id}`, 2);
  if (draft.atLeast === 1) return `${head}\n${documentOf(draft, detectionOf(draft), '')}`;
  const base = `${draft.name}_base`;
  const counted = draft.count === null ? [] : [`    field: ${draft.count}`];
  const correlation = [
    'correlation:',
    `  type: ${draft.count === null ? 'event_count' : 'value_count'}`,
    `  rules: [${base}]`,
    `  group-by: ${flow(draft.groupBy)}`,
    `  timespan: ${draft.within}`,
    '  condition:',
    ...counted,
    `    gte: ${draft.atLeast}`,
  ].join('\n');
  const [, length, letter] = /^(\d+)(\w)$/.exec(draft.within)!;
  const parameters = [
    '  parameters:',
    '    at_least:',
    '      description: "TODO: why so many, and how many an honest hour has."',
    `      unit: ${unitOf(draft)}`,
    '      at: correlation.condition.gte',
    `      range: [${Math.min(2, draft.atLeast - 1) || 1}, ${draft.atLeast * 20}]`,
    '    window:',
    '      description: Length of the window in which they are counted.',
    `      unit: ${TIMESPAN_UNITS[letter!]}`,
    '      at: correlation.timespan',
    `      range: [1, ${Number(length) * 12}]`,
  ].join('\n');
  const part = [
    `title: ${flow(`What '${draft.title}' counts`.slice(0, 120))}`,
    `id: ${randomUUID()}`,
    `name: ${base}`,
    'status: experimental',
    detectionOf(draft),
    'level: informational',
  ].join('\n');
  return `${head}\n${documentOf(draft, correlation, `${parameters}\n`)}---\n${part}\n`;
}

function documentOf(draft: DetectorDraft, body: string, parameters: string): string {
  const falsepositives = draft.confuses.map(
    (name) => `  - ${flow(`${name}: TODO what happens there, and why it is not this`)}`,
  );
  return [
    `title: ${flow(draft.title)}`,
    `id: ${draft.id}`,
    `name: ${draft.name}`,
    'status: experimental',
    prose('description', 'TODO: what it sees, in two sentences, and why nothing honest looks like it.'),
    'references:',
    ...draft.references.map((page) => `  - ${page}`),
    `date: ${draft.date}`,
    'tags: [attack.impact, attack.t1496.003]',
    body,
    'falsepositives:',
    ...falsepositives,
    `level: ${draft.level}`,
    'tollgate:',
    `  shows: ${flow(draft.shows)}`,
    `  moment: ${draft.moment}`,
    prose('evasion', 'TODO: how an attacker stays below it, and which rule or query then sees him.', 2),
    prose('response', 'TODO: what tells a campaign from honest traffic on an alert.', 2),
    `  acts: ${flow(draft.acts)}`,
    `${parameters}  catches: ${flow(draft.catches)}`,
    '  # budget: to be measured; write here what `tollgate measure` proves, then status: test',
    '',
  ].join('\n');
}

/** The source and one selection that asks for the conditions. */
function detectionOf({ contract, where }: DetectorDraft): string {
  const { logsource } = contract;
  return [
    'logsource:',
    ...Object.entries(logsource).map(([key, value]) => `  ${key}: ${flow(value)}`),
    'detection:',
    '  selection:',
    ...where.map(({ field, value }) => `    ${field}: ${flow(value)}`),
    '  condition: selection',
  ].join('\n');
}

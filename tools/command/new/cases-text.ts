import type { Case } from '../../evidence/replay/case-events';
import { BASE } from './case-events';
import type { Kind } from './variants';
import { block, flow, modeline } from './yaml';

/** The file of the cases of a rule or query with this id. */
export function casesText(title: string, id: string, { contract, record }: Kind, cases: Case[]): string {
  return [
    modeline('cases', 2),
    `title: ${flow(`Cases of ${title}`.slice(0, 160))}`,
    `rule: ${id}`,
    'base:',
    `  ${BASE}:`,
    `    source: ${contract.id}`,
    '    record:',
    block(record, 6),
    'cases:',
    ...cases.flatMap(({ name, kind, alerts, events }) => [
      `  - name: ${flow(name)}`,
      `    kind: ${kind}`,
      `    alerts: ${alerts}`,
      '    events:',
      ...events.map((event) => `      - ${flow(event)}`),
    ]),
    '',
  ].join('\n');
}

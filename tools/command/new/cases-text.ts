import type { CaseFile } from '../../evidence/replay/case-events';
import { block, flow, modeline } from './yaml';

/** The file of the cases of a rule or query. */
export function casesText({ title, rule, base, cases }: CaseFile): string {
  return [
    modeline('cases', 2),
    `title: ${flow(title.slice(0, 160))}`,
    `rule: ${rule}`,
    'base:',
    block(base, 2),
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

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Event } from '@tollgate/sigma/values/event';
import { correlateAll, fieldsOfDetections } from '@tollgate/sigma/correlate/chain';
import type { Alert, Window } from '@tollgate/sigma/correlate/types';
import { evaluate } from '@tollgate/sigma/evaluate';
import type { Rule } from '@tollgate/sigma/rules/model';
import { SECOND, type Happening, type Points } from './semantics/expectation';
import { WINDOWS_AND_GROUPS } from './semantics/windows-and-groups';
import { COUNTS_AND_ORDER } from './semantics/counts-and-order';
import { CHAINS } from './semantics/chains';
import { sigma } from '../../../packages/sigma/test/rules/documents';

/** Each point of the page → what it means. */
const POINTS: Points = { ...WINDOWS_AND_GROUPS, ...COUNTS_AND_ORDER, ...CHAINS };
/** The rules a, b and c, which match an event of whose `kind` their name is a part, and correlations by name. */
function textOf(correlations: Record<string, string>): string {
  const base = (name: string) =>
    `title: ${name}\nname: ${name}\nlogsource: {product: test}\ndetection: {s: {kind|contains: ${name}}, condition: s}\n`;
  const outer = Object.entries(correlations).map(([name, text]) => {
    const rules = /(^|[^-])\brules:/.test(text) ? '' : 'rules: [a], ';
    const timespan = text.includes('timespan:') ? '' : 'timespan: 10s, ';
    return `title: ${name}\nname: ${name}\ncorrelation: {${rules}${timespan}${text}}\n`;
  });
  return [...['a', 'b', 'c'].map(base), ...outer].join('---\n');
}

function run(rules: Rule[], happenings: Happening[], window: Window | undefined) {
  const events = happenings.map(([second, kind, more]): Event => ({ time: second * SECOND, host: 'h', kind, ...more }));
  const detections = rules.filter((rule) => rule.kind === 'detection');
  const { matches, alerts } = evaluate(rules, events, { timeOf: ({ time }) => time as number });
  const fields = fieldsOfDetections(rules);
  const inputs = detections.map((rule) => ({
    rule: rule.id,
    fields: fields.get(rule.id) ?? [],
    matches: matches
      .filter((match) => match.rule === rule)
      .map(({ event }) => {
        const { time, late } = events[event]! as { time: number; late?: number };
        const ingested = late === undefined ? time : late * SECOND;
        const read = (field: string) => (events[event]![field] ?? null) as string | null;
        return { event, time, ingested, values: (fields.get(rule.id) ?? []).map(read) };
      }),
  }));
  const results = correlateAll(rules, inputs, window);
  return { evaluated: alerts, results };
}

describe('correlate: what correlations mean (packages/sigma/docs/semantics.md)', () => {
  it('has a test for each point of the page, and a point for each test', () => {
    const page = readFileSync(join(__dirname, '../../../packages/sigma/docs/semantics.md'), 'utf8');
    const [, correlations] = page.split('\n## Correlations\n');
    const points = [...correlations!.matchAll(/^- (.*)$/gm)].map((found) => found[1]);
    expect(points).to.deep.equal(Object.keys(POINTS));
  });

  for (const [point, expectations] of Object.entries(POINTS)) {
    it(point, () => {
      for (const { correlations, events, tells, window, warns = [] } of expectations) {
        const { rules, diagnostics } = sigma(textOf(correlations));
        expect(diagnostics.map(({ code }) => code)).to.deep.equal(warns);
        const names = new Map(rules.map((rule) => [rule.id, rule.title]));
        const { evaluated, results } = run(rules, events, window);
        const byName = <T>(of: (result: { alerts: Alert[]; excluded: number }) => T) =>
          Object.fromEntries([...results].map(([id, result]) => [names.get(id)!, of(result)]));
        if (window === undefined) {
          const all = evaluated.map(({ rule, start, end }) => [rule.title, start, end]);
          const same = [...results].flatMap(([id, { alerts }]) =>
            alerts.map(({ start, end }) => [names.get(id)!, start, end]),
          );
          expect(all).to.deep.equal(same);
        }
        tells(
          byName(({ alerts }) => alerts),
          byName(({ excluded }) => excluded),
        );
      }
    });
  }
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { jsonOf } from '@tollgate/sigma/values/json';
import { evaluate } from '@tollgate/sigma/evaluate';
import { compilePredicate } from '@tollgate/sigma/memory/predicate';
import { parseSigma } from '@tollgate/sigma/rules/parse';
import { PLACEHOLDERS, type Points } from './semantics/expectation';
import { FIELDS_AND_TEXT } from './semantics/fields-and-text';
import { NUMBERS_AND_NULL } from './semantics/numbers-and-null';
import { PATTERNS_AND_TIMES } from './semantics/patterns-and-times';
import { REFERENCES_AND_ENCODINGS } from './semantics/references-and-encodings';
import { ruleOf, sigma } from '../../../packages/sigma/test/rules/documents';

/** Each point of the page → what it means. */
const POINTS: Points = { ...FIELDS_AND_TEXT, ...NUMBERS_AND_NULL, ...PATTERNS_AND_TIMES, ...REFERENCES_AND_ENCODINGS };
/** Whether a group, an alias and a distinct count take two values for one. */
function areOne(first: unknown, second: unknown): boolean[] {
  const events = [first, second].map((a) => ({ a, c: a, b: 1, time: '2026-01-01T00:00:00Z' }));
  const base = (name: string) => `title: ${name}
name: ${name}
logsource: {product: x}
detection: {selection: {b: 1}, condition: selection}
---
`;
  const alerts = (correlation: string) => {
    const { rules, diagnostics } = sigma(
      `${base('one')}${base('two')}title: C\ncorrelation: {timespan: 1h, ${correlation}}`,
    );
    expect(diagnostics).to.deep.equal([]);
    return evaluate(rules, events).alerts.length;
  };
  return [
    alerts('type: event_count, rules: [one], group-by: [a], condition: {gte: 2}') === 1,
    alerts('type: event_count, rules: [one], group-by: [b, a], condition: {gte: 2}') === 1,
    alerts(
      'type: event_count, rules: [one, two], group-by: [x], aliases: {x: {one: a, two: c}}, condition: {gte: 2}',
    ) === 1,
    alerts('type: value_count, rules: [one], condition: {field: a, gte: 2}') === 0,
  ];
}

describe('memory: what values mean (packages/sigma/docs/semantics.md)', () => {
  it('has a test for each point of the page, and a point for each test', () => {
    const page = readFileSync(join(__dirname, '../../../packages/sigma/docs/semantics.md'), 'utf8');
    const [detections] = page.split('\n## Correlations\n');
    const points = [...detections!.matchAll(/^- (.*)$/gm)].map((found) => found[1]);
    expect(points).to.deep.equal(Object.keys(POINTS));
  });

  for (const [point, expectations] of Object.entries(POINTS)) {
    it(point, () => {
      for (const { selection, written, holds = [], fails = [], error, same = [], different = [] } of expectations) {
        for (const pair of same) expect(areOne(...pair), jsonOf(pair)).to.deep.equal([true, true, true, true]);
        for (const pair of different) expect(areOne(...pair), jsonOf(pair)).to.deep.equal([false, false, false, false]);
        const options = { placeholders: PLACEHOLDERS };
        const { rules, diagnostics } =
          written === undefined
            ? parseSigma([ruleOf({ selection, condition: 'selection' })], options)
            : sigma(
                `title: x\nlogsource: {product: x}\ndetection: {selection: ${written}, condition: selection}`,
                options,
              );
        expect(diagnostics.map(({ code }) => code)).to.deep.equal(error === undefined ? [] : [error]);
        if (error !== undefined) continue;
        const rule = rules[0]!;
        if (rule.kind !== 'detection') throw new Error('not a detection');
        const predicate = compilePredicate(rule.plan);
        for (const event of holds)
          expect(predicate(event as never), `${jsonOf(selection)} on ${jsonOf(event)}`).to.equal(true);
        for (const event of fails)
          expect(predicate(event as never), `${jsonOf(selection)} on ${jsonOf(event)}`).to.equal(false);
      }
    });
  }
});

import { expect } from 'chai';
import { correlateAll, fieldsOfDetections } from '@tollgate/sigma/correlate/chain';
import type { Event } from '@tollgate/sigma/values/event';
import { compilePredicate } from '@tollgate/sigma/memory/predicate';
import { MemoryEngine } from '../../../../tools/detection/engine/memory-engine';
import type { SourcedEvent } from '../../../../tools/detection/engine/execution';
import type { Rule } from '@tollgate/sigma/rules/model';
import type { Placeholders } from '@tollgate/sigma/rules/transform';
import { ElasticsearchEngine } from '../../../../tools/detection/elasticsearch/engine';
import { realNode, silent } from '../../elasticsearch/node';
import { sigma } from '../../../../packages/sigma/test/rules/documents';
import { CHECKLIST } from './checklist';
import { ruleOn } from './feature';

function read(text: string, placeholders: Placeholders = {}): Rule[] {
  const { rules, diagnostics } = sigma(text, { placeholders });
  expect(
    diagnostics.filter(({ severity }) => severity === 'error'),
    text,
  ).to.deep.equal([]);
  return rules;
}

function detectionOf(text: string, placeholders?: Placeholders) {
  const [rule] = read(text, placeholders);
  if (rule?.kind !== 'detection') throw new Error('no detection');
  return rule;
}

function sourced([second, event]: [number, Event], n: number): SourcedEvent {
  return { n, source: 'test', time: second * 1000, ingested: second * 1000, event };
}

/** The alerts of the correlation that is called `outer`, by the numbers of their events. */
async function alertsOf(text: string, events: [number, Event][]): Promise<number[][]> {
  const rules = read(text);
  const detections = rules.filter((rule) => rule.kind === 'detection');
  const fields = fieldsOfDetections(rules);
  const requests = detections.map(({ id, plan }) => ({ source: 'test', plan, fields: fields.get(id) ?? [] }));
  const { matches } = await new MemoryEngine().execute('test', events.map(sourced), requests, silent);
  const inputs = detections.map(({ id }, i) => ({ rule: id, fields: requests[i]!.fields, matches: matches[i]! }));
  const asked = inputs.filter(({ rule }) => fields.has(rule));
  return correlateAll(rules, asked)
    .get('outer')!
    .alerts.map((alert) => alert.events);
}

for (const { title, features } of CHECKLIST) {
  describe(`sigma 2.1: ${title}`, () => {
    for (const { name, section, detects = [], reads = [], refuses = [], correlates = [] } of features) {
      it(`${name} (${section})`, async () => {
        expect(detects.length + reads.length + refuses.length + correlates.length).to.be.greaterThan(0);
        for (const { detection, holds, fails, placeholders } of detects) {
          const { plan } = detectionOf(ruleOn(detection), placeholders);
          const said = [...holds, ...fails].map((event) => compilePredicate(plan)(event));
          expect(said, JSON.stringify(detection)).to.deep.equal([...holds.map(() => true), ...fails.map(() => false)]);
        }
        for (const { text, as } of reads) expect(read(text).at(-1), text).to.deep.include(as);
        for (const { text, code, severity = 'error', left } of refuses) {
          const { diagnostics, rules } = sigma(text);
          expect(
            diagnostics.map((each) => [each.severity, each.code]),
            text.slice(0, 500),
          ).to.deep.equal([[severity, code]]);
          if (severity === 'warning' || left !== undefined) expect(rules).to.have.length(left ?? 1);
        }
        for (const { text, events, alerts } of correlates)
          expect(await alertsOf(text, events), text).to.deep.equal(alerts);
      });
    }
  });
}

describe('sigma 2.1: Elasticsearch finds the same events', () => {
  const node = realNode();

  it('for each detection of the checklist', async () => {
    const examples = CHECKLIST.flatMap(({ features }) => features.flatMap(({ detects = [] }) => detects));
    const events = examples.flatMap(({ holds, fails }) => [...holds, ...fails]);
    const requests = examples.map(({ detection, placeholders }) => {
      const { plan } = detectionOf(ruleOn(detection), placeholders);
      return { source: 'test', plan, fields: [] };
    });
    const engine = new ElasticsearchEngine(node(), new Map([['test', null]]));
    try {
      const all = events.map((event, n) => sourced([n, event], n));
      const { matches } = await engine.execute('checklist', all, requests, silent);
      let first = 0;
      for (const [i, { detection, holds, fails }] of examples.entries()) {
        const own = matches[i]!.map(({ event }) => event - first).filter(
          (n) => n >= 0 && n < holds.length + fails.length,
        );
        expect(own, JSON.stringify(detection)).to.deep.equal(holds.map((_, n) => n));
        first += holds.length + fails.length;
      }
    } finally {
      await engine.close();
    }
  });
});

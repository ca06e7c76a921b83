import { expect } from 'chai';
import { scalarAt, type Event, type Scalar } from '../../tools/content/event';
import { rootKey, unit } from '../../tools/simulate/random';
import { contracts, datasets, runOf } from './run';
import { treeAuc } from './tree';

/** Which step a record is of. A scenario decides which steps are taken and how often, so records are compared with those of the same step. */
const STEP: Record<string, string[]> = {
  'application.otp': ['event.action', 'otp.purpose'],
  'web.access': ['cs-method', 'cs-uri-stem'],
  'twilio.messaging': ['type'],
  'twilio.verify': ['type'],
  'aws.sns': ['status'],
  'aws.cloudtrail': ['eventName'],
  'twilio.monitor': ['event_type'],
};

const SEEDS = [5, 6, 7];

/** With fewer records of a step, over the seeds, chance alone would now and then reach the limit. */
const FEWEST = 300;
const MOST = 600;

/** At most `MOST` of a list, each once, drawn evenly: a stride would fall in with the rhythm of the records. */
function sampled<T>(list: T[]): T[] {
  const key = rootKey(1, 'sample');
  const drawn = list.map((one, i) => ({ one, u: unit(key, 'sample', i) })).sort((a, b) => a.u - b.u);
  return drawn.slice(0, MOST).map(({ one }) => one);
}

describe('what tells attackers from users', function () {
  this.timeout(300_000);

  it('is only what a scenario declares: no other raw field separates them by more than AUC 0.6', () => {
    const scenarios = datasets.scenarios.filter(({ kind, name }) => kind === 'malicious' || name === 'country-launch');
    const records = new Map<string, Event[]>();
    for (const seed of SEEDS) {
      const set = runOf('b2b-service', { days: 4, scenarios, seed });
      for (const { label, source, event } of set.events()) {
        const name = set.occurrences[label.occurrence - 1]?.scenario ?? 'ordinary';
        const group = JSON.stringify([name, source, ...STEP[source]!.map((field) => scalarAt(event, field))]);
        if (!records.has(group)) records.set(group, []);
        records.get(group)!.push(event);
      }
    }
    let compared = 0;
    for (const [group, attack] of records) {
      const [name, source, ...step] = JSON.parse(group) as [string, string, ...Scalar[]];
      const scenario = scenarios.find((one) => one.name === name);
      const ordinary = records.get(JSON.stringify(['ordinary', source, ...step])) ?? [];
      if (scenario?.kind !== 'malicious' || attack.length < FEWEST || ordinary.length < FEWEST) continue;
      const { signals = [] } = scenario;
      const contract = contracts.get(source)!;
      const benign = sampled(ordinary);
      const malicious = sampled(attack);
      for (const [field, { type }] of Object.entries(contract.fields)) {
        // A campaign happens at its own time, so times are no raw field to be judged.
        if (type === 'date' || field === contract.time.field || signals.includes(field)) continue;
        const value = (event: Event): Scalar | null => {
          const found = scalarAt(event, field);
          return Array.isArray(found) ? JSON.stringify(found) : found;
        };
        const area = treeAuc(benign.map(value), malicious.map(value));
        expect(area, `${name}: ${source} ${field} at ${step.join(' ')}`).to.be.at.most(0.6);
        compared++;
      }
    }
    expect(compared).to.be.greaterThan(200);
  });

  it('would be found: a tree sees a value, an order and a length', () => {
    const many = <T>(make: (i: number) => T): T[] => Array.from({ length: 200 }, (_, i) => make(i));
    expect(
      treeAuc(
        many(() => 'a'),
        many(() => 'b'),
      ),
    ).to.equal(1);
    expect(
      treeAuc(
        many((i) => i),
        many((i) => i + 150),
      ),
    ).to.be.greaterThan(0.8);
    expect(
      treeAuc(
        many((i) => `x${i % 7}`),
        many((i) => `long${i % 7}`),
      ),
    ).to.equal(1);
    expect(
      treeAuc(
        many((i) => (i * 7919) % 199),
        many((i) => (i * 104729) % 199),
      ),
    ).to.be.within(0.35, 0.6);
  });

  it('is declared in fields that exist', () => {
    const fields = new Set([...contracts.values()].flatMap((contract) => Object.keys(contract.fields)));
    for (const { name, signals = [] } of datasets.scenarios) {
      for (const signal of signals) expect(fields.has(signal), `${name}: ${signal}`).to.be.true;
    }
  });
});

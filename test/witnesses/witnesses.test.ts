import { expect } from 'chai';
import fc from 'fast-check';
import { CONTRACT } from '../detection/elasticsearch/fields';
import { realNode } from '../detection/elasticsearch/node';
import { casedDetections, detection, single, type Detection } from './detections';
import { casedEvents, oddEvent, plainEvent, shapelessEvent } from './events';
import { FAULTS } from './faults';
import { hear, say, UNTYPED, type Outcome } from './judge';

/** Fixed, so that a run says the same each time; `TOLLGATE_SEED` gives another. */
const SEED = Number(process.env['TOLLGATE_SEED'] ?? 20_250_101);
const LEAST_PAIRS = 100_000;

const sample = <T>(arbitrary: fc.Arbitrary<T>, numRuns: number): T[] => fc.sample(arbitrary, { numRuns, seed: SEED });
const detections = (whole: number, alone: number): Detection[] => [
  ...sample(detection, whole),
  ...sample(single, alone),
];

describe(`the oracle, memory and Elasticsearch say the same of every detection and event (seed ${SEED})`, () => {
  describe('the three of them', () => {
    const node = realNode();
    const heard: Outcome[] = [];

    it('of events as no contract describes them, with every letter that has another case', async () => {
      const events = [...sample(oddEvent, 300), ...casedEvents()];
      const court = { node: node(), source: CONTRACT.id };
      heard.push(await hear([...detections(60, 80), ...casedDetections()], events, SEED, court));
    });

    it('of events as the contract describes them, many detections decided by the index alone', async () => {
      const court = { node: node(), source: CONTRACT.id };
      const outcome = await hear(detections(60, 60), sample(plainEvent, 150), SEED, court);
      expect(outcome.alone).to.be.greaterThan(30);
      heard.push(outcome);
    });

    it('of events of any shape, of which nothing is known', async () => {
      const court = { node: node(), source: UNTYPED };
      heard.push(await hear(detections(60, 60), sample(shapelessEvent, 150), SEED, court));
    });

    it(`on at least ${LEAST_PAIRS} pairs, of which many hold and many don't`, () => {
      const [pairs, met] = (['pairs', 'met'] as const).map((key) => heard.reduce((sum, each) => sum + each[key], 0));
      expect(pairs).to.be.at.least(LEAST_PAIRS);
      expect(met! / pairs!).to.be.within(0.05, 0.95);
    });

    for (const [what, selection, event, right] of FAULTS) {
      it(`once differed: ${what}`, async () => {
        const said = await say({ selection, condition: 'selection' }, event, { node: node(), source: CONTRACT.id });
        expect(said).to.deep.equal({ oracle: right, memory: right, elasticsearch: right });
      });
    }
  });

  it('the oracle and memory, without a node', async () => {
    const events = [...sample(oddEvent, 60), ...sample(shapelessEvent, 60)];
    await hear(detections(100, 100), events, SEED, { node: undefined, source: UNTYPED });
  });
});

import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Failure } from '../../../tools/foundation/content/failure';
import { Journal } from '../../../tools/evidence/measure/journal';
import type { Digests } from '../../../tools/evidence/measure/digest';
import { measureUnits, type MeasureJob, type Measurement } from '../../../tools/evidence/measure/run';
import type { UnitSpec } from '../../../tools/evidence/measure/plan';
import type { JobsProgress } from '../../../tools/foundation/threads/side-by-side';
import { detectorUnit, unitOf, unitResult } from './sample';

describe('the journal of a measurement', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
  let file: string;
  let count = 0;
  beforeEach(() => (file = join(folder, `sub${count}`, `units-${count++}.ndjson`)));
  after(() => rmSync(folder, { recursive: true }));
  const [first, second, third] = [101, 102, 103].map((seed) => unitOf({ seed })) as [UnitSpec, UnitSpec, UnitSpec];
  const digestsOf = (own: Digests['own'], independent: Digests['independent'] = new Map()) => ({ own, independent });
  const digestOf = (data: string, documents: Record<string, string> = { rule: 'a' }, declared = 'medium') =>
    digestsOf(new Map([['shop', { data, documents, declared }]]));
  const written = () => readFileSync(file, 'utf8');

  it('gives back what was finished', () => {
    new Journal(file, digestOf('d')).add(first, unitResult({ seed: 101 }), ['rule']);
    const journal = new Journal(file, digestOf('d'));
    expect(journal.resultOf(first)).to.deep.equal(unitResult({ seed: 101 }));
    expect(journal.resultOf(second)).to.equal(undefined);
    expect(journal.resultOf({ ...first, days: 9 }), 'of other days').to.equal(undefined);
    expect(journal.resultOf({ ...first, engine: 'both' }), 'in another engine').to.equal(undefined);
  });

  it('does not use units of other content', () => {
    new Journal(file, digestOf('old')).add(first, unitResult({ seed: 101 }), ['rule']);
    expect(new Journal(file, digestOf('new')).resultOf(first)).to.equal(undefined);
    const elsewhere = digestsOf(
      new Map([...digestOf('old').own, ['bank', { data: 'new', documents: {}, declared: 'medium' }]]),
    );
    expect(new Journal(file, elsewhere).resultOf(first), 'where another world changed').not.to.equal(undefined);
  });

  it('uses units whose rules declare something else of themselves by now', () => {
    new Journal(file, digestOf('d')).add(first, unitResult({ seed: 101 }), ['rule']);
    expect(new Journal(file, digestOf('d', { rule: 'a' }, 'high')).resultOf(first)).not.to.equal(undefined);
  });

  it('keeps units of each set of scenarios apart', () => {
    const apart: UnitSpec = { ...first, scenarios: 'independent' };
    const digests = digestsOf(digestOf('d').own, digestOf('e').own);
    new Journal(file, digests).add(apart, unitResult({ seed: 101 }), ['rule']);
    const journal = new Journal(file, digests);
    expect(journal.resultOf(apart)).to.deep.equal(unitResult({ seed: 101 }));
    expect(journal.resultOf(first)).to.equal(undefined);
    expect(new Journal(file, digestsOf(digestOf('d').own, digestOf('d').own)).resultOf(apart)).to.equal(undefined);
  });

  it('uses a unit without what a rule found that is gone, and none where a rule is new or another one', () => {
    const detectors = ['rule', 'gone'].map((id) => detectorUnit(id));
    new Journal(file, digestOf('d', { rule: 'a', gone: 'b' })).add(first, unitResult({ detectors }), ['rule', 'gone']);
    const found = new Journal(file, digestOf('d')).resultOf(first)!;
    expect(found.detectors.map(({ detector }) => detector.id)).to.deep.equal(['rule']);
    const openWith = (documents: Record<string, string>) =>
      new Journal(file, digestOf('d', documents)).openIn(first, Object.keys(documents));
    expect(openWith({ rule: 'a' })).to.deep.equal([]);
    expect(openWith({ rule: 'a', more: 'c' })).to.deep.equal(['more']);
    expect(openWith({ rule: 'b' })).to.deep.equal(['rule']);
  });

  it('puts what a later rule found beside the others, and the last that holds in place of the first', () => {
    const both = digestOf('d', { rule: 'a', more: 'c' });
    const journal = new Journal(file, digestOf('d'));
    journal.add(first, unitResult({ seed: 101 }), ['rule']);
    const more = unitResult({ detectors: [detectorUnit('more')], events: { expected: 3, indexed: 3 } });
    new Journal(file, both).add(first, more, ['more'], true);
    const changed = unitResult({ detectors: [detectorUnit('rule', { truePositives: 7 })] });
    new Journal(file, digestOf('d', { rule: 'z', more: 'c' })).add(first, changed, ['rule'], true);

    const as = (documents: Record<string, string>) => {
      const read = new Journal(file, digestOf('d', documents));
      const { detectors, events } = read.resultOf(first)!;
      const found = detectors.map(({ detector, judgement }) => `${detector.id} ${judgement.truePositives}`);
      return { found, events: events.expected, open: read.openIn(first, Object.keys(documents)) };
    };
    expect(as({ rule: 'a', more: 'c' })).to.deep.equal({ found: ['rule 1', 'more 0'], events: 10, open: [] });
    expect(as({ rule: 'z', more: 'c' })).to.deep.equal({ found: ['more 0', 'rule 7'], events: 10, open: [] });
    expect(as({ rule: 'q' })).to.deep.equal({ found: [], events: 10, open: ['rule'] });
  });

  it('does not take what a later rule found for a whole unit', () => {
    new Journal(file, digestOf('d')).add(first, unitResult({ seed: 101 }), ['rule'], true);
    expect(new Journal(file, digestOf('d')).resultOf(first)).to.equal(undefined);
  });

  it('drops a last line that was torn, and goes on behind the whole ones', () => {
    new Journal(file, digestOf('d')).add(first, unitResult({ seed: 101 }), ['rule']);
    const whole = written();
    for (const torn of ['{"digest":"d","unit":{"wor', '{"digest":"d","unit":{},"result":{}}', 'é'.slice(0, 1)]) {
      writeFileSync(file, whole);
      appendFileSync(file, torn);
      const journal = new Journal(file, digestOf('d'));
      expect(written()).to.equal(whole);
      journal.add(second, unitResult({ seed: 102 }), ['rule']);
      expect(new Journal(file, digestOf('d')).resultOf(second)).to.deep.equal(unitResult({ seed: 102 }));
    }
  });

  it('removes a line that is no finished unit, tells of it, and keeps the others', () => {
    new Journal(file, digestOf('d')).add(first, unitResult({ seed: 101 }), ['rule']);
    const good = written();
    const { digest, unit, result } = JSON.parse(good) as Record<string, object>;
    const bad = [
      ...['{"dig', 'null', '5', '[]', '"x"', '{}', ''],
      ...[
        { unit, result },
        { digest: 5, unit, result },
        { digest, unit: null, result },
        { digest, unit, result: {} },
      ].map((value) => JSON.stringify(value)),
      good.trim().replace('"judgement":{', '"judgement":null,"x":{'),
      good.trim().replace('"seed":101', '"seed":"101"'),
    ];
    for (const line of bad) {
      writeFileSync(file, `${line}\n${good}`);
      const told: string[] = [];
      const journal = new Journal(file, digestOf('d'), (each) => told.push(each));
      expect(told, line).to.deep.equal([`${file}:1: this is not a finished unit: it is removed and measured again`]);
      expect(journal.resultOf(first)).to.deep.equal(unitResult({ seed: 101 }));
      expect(written()).to.equal(good);
    }
  });

  it('fails where it cannot write, and does not count the unit', () => {
    new Journal(file, digestOf('d')).add(first, unitResult({ seed: 101 }), ['rule']);
    const nowhere = new Journal(join(file, 'below-a-file'), digestOf('d'));
    expect(() => nowhere.add(first, unitResult({ seed: 101 }), ['rule']))
      .to.throw(Failure)
      .with.property('exitCode', 3);
    expect(nowhere.resultOf(first)).to.equal(undefined);
  });

  describe('and a run', () => {
    const units = [first, second, third];
    const measure = ({ unit }: MeasureJob) => Promise.resolve(unitResult({ seed: unit.seed }));
    const plan = (more: Partial<Measurement>): Measurement => ({
      units,
      idsIn: () => ['rule'],
      isSelection: false,
      journal: new Journal(file, digestOf('d')),
      measurers: [measure],
      weightOf: () => 1,
      ...more,
    });

    it('measures only what is not finished, and answers in the order of the units', async () => {
      new Journal(file, digestOf('d')).add(second, unitResult({ seed: 102 }), ['rule']);
      const asked: number[] = [];
      const told: (JobsProgress & { total: number })[] = [];
      const results = await measureUnits(
        plan({ measurers: [(job) => (asked.push(job.unit.seed), measure(job))], weightOf: ({ seed }) => seed }),
        (progress) => told.push(progress),
      );
      expect(asked, 'the largest first').to.deep.equal([103, 101]);
      expect(results.map(({ result }) => result.seed)).to.deep.equal([101, 102, 103]);
      expect(told.at(-1)).to.include({ done: 3, total: 3, events: 20, share: 1 });
    });

    it('keeps what was finished before a failure', async () => {
      const failing = (job: MeasureJob) =>
        job.unit === second ? Promise.reject(new Failure(3, 'the disk is full')) : measure(job);
      const run = measureUnits(plan({ measurers: [failing], weightOf: ({ seed }) => -seed }), () => undefined);
      expect(await run.catch((error: unknown) => (error as Failure).message)).to.equal('the disk is full');
      const kept = new Journal(file, digestOf('d'));
      expect(units.map((unit) => kept.resultOf(unit) !== undefined)).to.deep.equal([true, false, false]);
    });

    it('measures only what came since a unit was finished', async () => {
      new Journal(file, digestOf('d')).add(first, unitResult({ seed: 101 }), ['rule']);
      const journal = new Journal(file, digestOf('d', { rule: 'a', more: 'c' }));
      const asked: unknown[] = [];
      const [found] = await measureUnits(
        plan({
          units: [first],
          idsIn: () => ['rule', 'more', 'blind'],
          journal,
          measurers: [
            ({ unit, only }) => (
              asked.push([unit.seed, only]),
              Promise.resolve(unitResult({ detectors: [detectorUnit('more')] }))
            ),
          ],
        }),
        () => undefined,
      );
      expect(asked).to.deep.equal([[101, ['more']]]);
      expect(found!.result.detectors.map(({ detector }) => detector.id)).to.deep.equal(['rule', 'more']);
    });

    it('measures a selection alone where a unit was never finished, and does not write that down', async () => {
      const journal = new Journal(file, digestOf('d', { rule: 'a', more: 'c' }));
      const asked: unknown[] = [];
      const results = await measureUnits(
        plan({
          units: [first, { ...second, world: 'elsewhere' }],
          idsIn: () => ['more'],
          isSelection: true,
          journal,
          measurers: [
            ({ unit, only }) => (
              asked.push([unit.seed, only]),
              Promise.resolve(unitResult({ detectors: [detectorUnit('more')] }))
            ),
          ],
        }),
        () => undefined,
      );
      expect(asked).to.deep.equal([[101, ['more']]]);
      expect(results).to.have.length(1);
      expect(new Journal(file, digestOf('d', { rule: 'a', more: 'c' })).resultOf(first)).to.equal(undefined);
    });
  });
});

import { expect } from 'chai';
import { join } from 'node:path';
import { MemoryEngine } from '../../../tools/detection/engine/memory-engine';
import { loadRules } from '../../../tools/detection/rules/load';
import { GONE_AT } from '../../../tools/evidence/replay/picture';
import type { ReplayPicture } from '../../../tools/evidence/replay/replay-picture';
import type { ReplayReport } from '../../../tools/evidence/replay/result';
import { pictureOfUnits, replayUnits, reportOf } from '../../../tools/evidence/replay/run';
import type { UnitResult } from '../../../tools/evidence/replay/unit';
import { contracts, datasets, runOf } from '../../simulate/run';

const FILE = join(__dirname, '../../../rules/application/otp_block_burst.yml');
const NAMES = ['leased-block-run', 'answers-some-codes', 'stolen-api-key', 'load-test'];

describe('the picture of a replay', () => {
  const dataset = runOf('regional-shop', { scenarios: datasets.scenarios.filter(({ name }) => NAMES.includes(name)) });
  const run = (pictured: boolean): Promise<UnitResult[]> =>
    replayUnits({
      ...{ rules: loadRules([FILE]).rules, queries: [], contracts, datasets: [dataset] },
      ...{ engines: [new MemoryEngine()], progress: { update: () => undefined }, pictured },
    });
  let report: ReplayReport;
  let picture: ReplayPicture;

  before(async () => {
    const units = await run(true);
    report = reportOf(units);
    picture = pictureOfUnits(units);
  });

  it('leaves the report as it is, and units without one where it is not asked for', async () => {
    const units = await run(false);
    expect(units[0]).not.to.have.property('picture');
    expect(reportOf(units)).to.deep.equal(report);
  });

  it('has the ordinary messages, hour by hour', () => {
    let ordinary = 0;
    for (const event of dataset.events(({ label, time }) => {
      if (label.occurrence === 0 && time >= dataset.start && time < dataset.end) ordinary++;
    }))
      void event;
    const [world] = picture.worlds;
    expect(world!.hourly).to.have.length(48);
    expect(world!.hourly.reduce((sum, count) => sum + count, 0)).to.equal(ordinary);
    expect(ordinary).to.be.greaterThan(20);
  });

  it('has what each campaign cost in the course of time, and what the pack made of it', () => {
    const { campaigns, specials } = picture.worlds[0]!;
    expect(campaigns.map(({ scenario }) => scenario)).to.have.members(NAMES.slice(0, 3));
    expect(specials.map(({ scenario }) => scenario)).to.deep.equal(['load-test']);
    for (const { gone, usd, origin, start, end } of campaigns) {
      expect(gone).to.have.length(GONE_AT.length);
      expect(gone).to.deep.equal([...gone].sort((a, b) => a - b));
      expect(gone.at(-1)).to.be.closeTo(usd, 1e-6);
      expect(origin).to.be.within(start, end);
    }
    const [outcome] = report.rules[0]!.outcomes.filter(({ scenario }) => scenario === 'leased-block-run');
    const caught = campaigns.find(({ scenario }) => scenario === 'leased-block-run')!;
    expect(caught.outcome).to.equal('caught');
    expect(caught.lost.usd).to.be.closeTo(outcome!.usd, 1e-9);
  });

  it('has how near each benign group and each visible occurrence came, the nearest being that of the report', () => {
    const { groups, near } = picture.detectors.get(report.rules[0]!.id)![0]!;
    const special = new Set(picture.worlds[0]!.specials.map(({ number }) => number));
    const benign = [...groups!.near, ...near.flatMap(([number, value]) => (special.has(number) ? (value ?? 0) : []))];
    expect(groups!.near.length).to.be.greaterThan(10);
    expect(Math.max(...benign)).to.be.closeTo(report.rules[0]!.nearness!, 1e-9);
    const of = new Map(near);
    for (const { occurrence, outcome } of report.rules[0]!.outcomes)
      if (outcome === 'blind') expect(of.has(occurrence)).to.equal(false);
      else if (outcome === 'caught') expect(of.get(occurrence)).to.be.at.least(1);
      else expect(of.get(occurrence) ?? 0).to.be.lessThan(1);
  });
});

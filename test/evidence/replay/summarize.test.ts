import { expect } from 'chai';
import type { Detector } from '../../../tools/evidence/replay/detector';
import type { CampaignOutcome, Judgement } from '../../../tools/evidence/replay/judge';
import { summarize } from '../../../tools/evidence/replay/summarize';
import { judgement as judged } from './judgements';

const detector = (more: Partial<Detector> = {}): Detector => ({
  id: 'd',
  title: 'D',
  kind: 'rule',
  path: 'rules/d.yml',
  level: 'high',
  status: 'test',
  shows: [],
  sources: ['s'],
  runnable: true,
  alertsOn: 'episode',
  catches: [],
  reach: { before: 0, after: 0 },
  run: () => ({ alerts: [], excluded: 0, nearness: null }),
  ...more,
});

const judgement = (more: Partial<Judgement> = {}, episodes = 0): Judgement =>
  judged({ world: 'w', seed: 1, ordinary: { episodes, alerts: episodes, spans: [] }, ...more });
const campaign = (outcome: CampaignOutcome['outcome'], scenario = 'attack'): CampaignOutcome => ({
  world: 'w',
  seed: 1,
  scenario,
  occurrence: 1,
  outcome,
  seconds: outcome === 'caught' ? 60 : null,
  messages: 10,
  usd: 3,
  spans: [],
});

/** A budget that four days prove. */
const WIDE = { max: 1, per: 'day', world: 'worst' } as const;

describe('summarize', () => {
  it('proves nothing of a rule without a budget, and asks none of a baseline', () => {
    const { verdict, reasons } = summarize(detector(), [judgement()]);
    expect([verdict, reasons]).to.deep.equal(['no-budget', ['no budget: nothing to pass']]);
    expect(summarize(detector({ kind: 'baseline' }), [judgement()]).verdict).to.equal('pass');
  });

  it('says "not proven here" of a silent rule when the replay is too short for its budget', () => {
    const result = summarize(detector({ budget: { max: 0.02, per: 'day', world: 'worst' } }), [judgement()]);
    expect(result.verdict).to.equal('not-proven');
    expect(result.reasons[0]).to.contain('at most 0.75 a day');
  });

  it('passes a rule whose budget the replay proves', () => {
    const result = summarize(detector({ budget: { max: 1, per: 'day', world: 'worst' } }), [judgement()]);
    expect(result.verdict).to.equal('pass');
  });

  it('fails a rule that is clearly over its budget in one world, however quiet the other is', () => {
    const result = summarize(detector({ budget: { max: 0.5, per: 'day', world: 'worst' } }), [
      judgement({ world: 'quiet', days: 400 }),
      judgement({ world: 'loud' }, 12),
    ]);
    expect(result.verdict).to.equal('fail');
    expect(result.reasons[0]).to.contain('over its budget in loud: 12 benign episodes');
    expect(result.benign.worst).to.include({ world: 'loud', episodes: 12, days: 4, perDay: 3 });
  });

  it('adds the seeds of one world up', () => {
    const result = summarize(detector({ budget: { max: 1, per: 'day', world: 'worst' } }), [
      judgement({ seed: 1, days: 1.5 }),
      judgement({ seed: 2, days: 1.5 }),
    ]);
    expect(result.verdict).to.equal('pass');
  });

  it('holds a budget per 100,000 sends against the sends', () => {
    const result = summarize(detector({ budget: { max: 10, per: '100k_sends', world: 'worst' } }), [judgement({}, 9)]);
    expect(result.verdict).to.equal('fail');
    expect(result.reasons[0]).to.contain('per 100,000 sends');
  });

  it('fails a rule that misses a scenario which it promises, and one that none of its sources saw', () => {
    const judgements = [judgement({ campaigns: [campaign('missed'), campaign('blind', 'hidden')] })];
    expect(summarize(detector({ catches: ['attack'] }), judgements).reasons).to.deep.equal([
      'promises to catch attack and missed it in w; by how much: tollgate explain rules/d.yml --world w --scenario attack',
    ]);
    expect(summarize(detector({ catches: ['hidden'] }), judgements).reasons[0]).to.contain('none of its sources saw');
  });

  it('does not hold a promise against it that a selection of worlds or scenarios left untested', () => {
    expect(
      summarize(detector({ catches: ['hidden'], budget: WIDE }), [judgement()], { partial: true }).verdict,
    ).to.equal('pass');
  });

  it('says nothing of a rule for which no world was chosen', () => {
    const nowhere = [judgement({ days: 0, benignEvents: 0, nearness: null })];
    const result = summarize(detector(), nowhere, { partial: true, someWorlds: true });
    expect(result.verdict).to.equal('not-tested');
    expect(result.reasons[0]).to.contain('no world of this replay runs all of its sources');
    expect(summarize(detector({ budget: WIDE }), nowhere, { partial: true }).verdict).to.equal('fail');
  });

  it('says that a rule was not tested where none of the scenarios that were asked for shows in its sources', () => {
    const verdict = (parts: Partial<Judgement>): string =>
      summarize(detector({ budget: WIDE }), [judgement(parts)], { partial: true, someScenarios: true }).verdict;
    const special = { world: 'w', scenario: 'launch', perYear: 4, occurrences: 1, episodes: 0, spans: [] };
    expect(verdict({})).to.equal('not-tested');
    expect(verdict({ campaigns: [campaign('blind')] })).to.equal('not-tested');
    expect(verdict({ campaigns: [campaign('missed')] })).to.equal('pass');
    expect(verdict({ specials: [special] })).to.equal('pass');
    expect(verdict({ specials: [{ ...special, world: 'elsewhere' }] })).to.equal('not-tested');
  });

  it('fails a rule whose sources hold nothing benign', () => {
    const result = summarize(detector({ budget: WIDE }), [judgement({ benignEvents: 0, nearness: null })]);
    expect(result.verdict).to.equal('fail');
    expect(result.reasons[0]).to.contain('no benign event');
  });

  it('does not hold a world against a promise that is blind to the scenario there', () => {
    const judgements = [judgement({ campaigns: [campaign('caught'), { ...campaign('blind'), world: 'v' }] })];
    expect(summarize(detector({ catches: ['attack'], budget: WIDE }), judgements).verdict).to.equal('pass');
  });

  it('fails a rule to whose threshold nothing benign came near', () => {
    const result = summarize(detector({ budget: WIDE }), [judgement({ nearness: 0.05 })]);
    expect(result.verdict).to.equal('fail');
    expect(result.reasons[0]).to.contain('nearest reached 5 %');
  });

  it('tells the silence of a rule without a budget, which has nothing to pass, and fails it for a promise', () => {
    const silent = judgement({ nearness: 0.05 });
    const { verdict, reasons } = summarize(detector(), [silent]);
    expect([verdict, reasons[0]]).to.deep.equal(['no-budget', 'no budget: nothing to pass']);
    expect(reasons[1]).to.contain('nearest reached 5 %');
    const missed = judgement({ campaigns: [campaign('missed')] });
    expect(summarize(detector({ catches: ['attack'] }), [missed]).verdict).to.equal('fail');
  });

  it('does not judge how near benign activity comes where only some scenarios ran', () => {
    const narrowed = { partial: true, someScenarios: true, onlyScenarios: true };
    const shown = { campaigns: [campaign('missed')] };
    const verdict = (parts: Partial<Judgement>, options = narrowed) => {
      const result = summarize(detector({ budget: WIDE }), [judgement({ ...shown, ...parts })], options);
      return [result.verdict, result.reasons];
    };
    const told = ['how near benign activity comes is not judged: only these scenarios ran'];
    expect(verdict({ nearness: 0.05 })).to.deep.equal(['pass', told]);
    expect(verdict({ benignEvents: 0, nearness: null })[0]).to.equal('fail');
    expect(verdict({ nearness: 0.5 })).to.deep.equal(['pass', []]);
    expect(verdict({ nearness: 0.05 }, { ...narrowed, onlyScenarios: false })[0]).to.equal('fail');
  });

  it('leaves a world that does not run the source out of the days', () => {
    const result = summarize(detector(), [judgement(), judgement({ world: 'without', days: 0 })]);
    expect(result.benign.days).to.equal(4);
    expect(result.benign.worst!.world).to.equal('w');
  });

  it('adds episodes and alerts up', () => {
    const ordinary = { episodes: 1, alerts: 3, spans: [] };
    const { benign } = summarize(detector(), [judgement({ ordinary }), judgement({ ordinary, seed: 2 })]);
    expect(benign).to.include({ episodes: 2, alerts: 6 });
  });

  describe('with a measurement', () => {
    const budget = { max: 0.05, per: 'day', world: 'worst' } as const;
    const measured = (episodes: number, days: number) => ({
      proofs: new Map([['d', [{ world: 'w', episodes, days, sends: 0 }]]]),
    });
    const judged = (episodes: number, days: number, more: Partial<Judgement> = {}, here = 0) =>
      summarize(detector({ budget }), [judgement(more, here)], measured(episodes, days));

    it('passes what the measurement proves, and says so', () => {
      expect(judged(0, 100)).to.deep.include({
        verdict: 'pass',
        reasons: ['proved by the measurement: at most 0.03 a day in w'],
      });
    });

    it('fails what the measurement contradicts', () => {
      expect(judged(30, 100).reasons[0]).to.contain('over its budget in w, as measured: 30 benign episodes');
    });

    it('leaves open what the measurement is too small for', () => {
      expect(judged(0, 40).verdict).to.equal('not-proven');
      expect(judged(0, 40).reasons[0]).to.contain('and the measurement at most 0.075 a day in w');
    });

    it('fails what is clearly over its budget here, whatever was measured', () => {
      expect(judged(0, 1000, {}, 12).verdict).to.equal('fail');
    });

    it('shows how near benign activity comes, where a short replay does not', () => {
      const world = { world: 'w', episodes: 0, days: 100, sends: 0 };
      const verdict = (nearness: number) =>
        summarize(detector({ budget }), [judgement({ nearness: 0.05 })], {
          proofs: new Map([['d', [world, { ...world, world: 'v', nearness }]]]),
        }).verdict;
      expect(verdict(0.2)).to.equal('pass');
      expect(verdict(0.19)).to.equal('fail');
    });

    it('says nothing of another detector', () => {
      const proofs = new Map([['other', [{ world: 'w', episodes: 0, days: 100, sends: 0 }]]]);
      expect(summarize(detector({ budget }), [judgement()], { proofs }).verdict).to.equal('not-proven');
    });
  });

  it('counts false episodes of special scenarios into the precision', () => {
    const specials = [{ world: 'w', scenario: 'launch', perYear: 2, occurrences: 1, episodes: 1, spans: [] }];
    const result = summarize(detector(), [judgement({ specials, truePositives: 3, campaigns: [campaign('caught')] })]);
    expect(result.precision).to.equal(0.75);
    expect(result.timeToDetectSeconds).to.deep.equal({ median: 60, p95: 60 });
    expect(result.lossBeforeAlert).to.deep.equal({ messages: 10, usd: 3 });
  });
});

import { expect } from 'chai';
import { judge, lossUntil } from '../../../tools/evidence/replay/judge';
import type { Label, Occurrence } from '../../../tools/simulate/types';
import { type Line, MINUTE, runOf } from './run-of-events';

const ordinary: Label = { kind: 'benign', occurrence: 0 };
const launch: Label = { kind: 'benign', occurrence: 1 };
const attack: Label = { kind: 'malicious', occurrence: 2 };
const provoked: Label = { kind: 'induced', occurrence: 2 };

const LAUNCH: Occurrence = {
  number: 1,
  scenario: 'launch',
  title: 'A launch',
  kind: 'benign',
  perYear: 2,
  start: 0,
  end: 60 * MINUTE,
};
const ATTACK: Occurrence = {
  number: 2,
  scenario: 'attack',
  title: 'An attack',
  kind: 'malicious',
  start: 0,
  end: 60 * MINUTE,
};

const judged = (lines: Line[], occurrences: Occurrence[] = [LAUNCH, ATTACK]) => {
  const { detector, dataset, labels } = runOf(
    lines.sort((a, b) => a[0] - b[0]),
    occurrences,
  );
  return judge(detector, dataset, labels);
};

describe('judge', () => {
  it('counts an episode of ordinary traffic as a false positive of the day', () => {
    const result = judged([
      [1, ordinary, 'a'],
      [2, ordinary, 'a'],
      [3, ordinary, 'a'],
    ]);
    const spans = [{ from: 3 * MINUTE + 1000, to: 3 * MINUTE + 1000, alerts: 1 }];
    expect(result.ordinary).to.deep.equal({ episodes: 1, alerts: 1, spans });
    expect(result.campaigns[0]!.outcome).to.equal('blind');
  });

  it('counts the alerts of a rule that alerts on each event', () => {
    const lines = [1, 2, 3, 4].map((minute): Line => [minute, ordinary, 'a']);
    const { detector, dataset, labels } = runOf(lines, []);
    const { ordinary: counts } = judge({ ...detector, alertsOn: 'event' }, dataset, labels);
    expect(counts).to.deep.include({ episodes: 1, alerts: 4 });
  });

  it('charges a benign scenario with the episodes that ordinary traffic alone does not have', () => {
    const result = judged([
      [1, ordinary, 'a'],
      [2, ordinary, 'a'],
      [3, launch, 'a'],
    ]);
    expect(result.ordinary.episodes).to.equal(0);
    const spans = [{ from: 3 * MINUTE + 1000, to: 3 * MINUTE + 1000, alerts: 1 }];
    expect(result.specials).to.deep.equal([
      { world: 'test-world', scenario: 'launch', perYear: 2, occurrences: 1, episodes: 1, spans },
    ]);
  });

  it('does not credit a campaign with an episode that its twin has too', () => {
    const result = judged([
      [1, ordinary, 'a'],
      [2, ordinary, 'a'],
      [3, ordinary, 'a'],
      [3, attack, 'a'],
    ]);
    expect(result.campaigns[0]!.outcome).to.equal('missed');
    expect(result.truePositives).to.equal(0);
    expect(result.induced).to.equal(0);
  });

  it('credits a campaign with an episode of another group, or at another time, than the twin has', () => {
    const own: Line[] = [1, 2, 3].map((minute) => [minute, ordinary, 'a']);
    const elsewhere = judged([...own, ...[1, 2, 3].map((minute): Line => [minute, attack, 'b'])]);
    expect(elsewhere.campaigns[0]!.outcome).to.equal('caught');
    const later = judged([...own, ...[41, 42, 43].map((minute): Line => [minute, attack, 'a'])]);
    expect(later.campaigns[0]!.outcome).to.equal('caught');
  });

  it('leaves the history before the measured days out of the false positives', () => {
    const lines = (from: number): Line[] => [0, 1, 2].map((minute) => [from + minute, ordinary, 'a']);
    expect(judged(lines(-20)).ordinary.episodes).to.equal(0);
    expect(judged(lines(20)).ordinary.episodes).to.equal(1);
  });

  it('counts no days in a world that lacks a source of the detector', () => {
    const { detector, dataset, labels } = runOf([[1, ordinary, 'a']], []);
    expect(judge(detector, dataset, labels).days).to.equal(1);
    expect(judge({ ...detector, runnable: false }, dataset, labels).days).to.equal(0);
  });

  it('is blind where the world does not run all sources of the detector, whatever one of them saw', () => {
    const lines = [1, 2, 3].map((minute): Line => [minute, attack, 'a']);
    const { detector, dataset, labels } = runOf(lines, [ATTACK]);
    const outcomes = [detector, { ...detector, runnable: false }].map(
      (one) => judge(one, dataset, labels).campaigns[0]!.outcome,
    );
    expect(outcomes).to.deep.equal(['caught', 'blind']);
  });

  it('credits a campaign when its events make the episode, also together with ordinary ones', () => {
    const result = judged([
      [1, ordinary, 'a'],
      [2, attack, 'a'],
      [3, attack, 'a'],
    ]);
    expect(result.campaigns[0]!.outcome).to.equal('caught');
    expect(result.campaigns[0]!.seconds).to.equal(3 * 60 + 1);
  });

  it('never lets one occurrence help another over the threshold', () => {
    const result = judged([
      [1, launch, 'a'],
      [2, launch, 'a'],
      [3, attack, 'a'],
    ]);
    expect(result.campaigns[0]!.outcome).to.equal('missed');
    expect(result.specials[0]!.episodes).to.equal(0);
  });

  it('judges an attack inside an honest launch against the launch', () => {
    const lines: Line[] = [
      [1, launch, 'a'],
      [2, launch, 'a'],
      [3, launch, 'a'],
      [3, attack, 'a'],
    ];
    expect(judged([...lines], [LAUNCH, { ...ATTACK, within: 1 }]).campaigns[0]!.outcome).to.equal('missed');
    lines.splice(2, 1);
    expect(judged(lines, [LAUNCH, { ...ATTACK, within: 1 }]).campaigns[0]!.outcome).to.equal('caught');
  });

  it('keeps what an attack provokes in others apart from what it does', () => {
    const result = judged([
      [1, provoked, 'b'],
      [2, provoked, 'b'],
      [3, provoked, 'b'],
      [4, attack, 'c'],
    ]);
    expect(result.induced).to.equal(1);
    expect(result.truePositives).to.equal(0);
    expect(result.campaigns[0]!.outcome).to.equal('missed');
  });

  it('holds the nearest that benign activity came to the threshold, special scenarios included', () => {
    const result = judged([
      [1, ordinary, 'a'],
      [2, launch, 'a'],
      [3, attack, 'a'],
    ]);
    expect(result.nearness).to.be.closeTo(2 / 3, 1e-9);
    expect(result.nearest).to.equal('launch');
  });

  it('loses every message sent until the alert could be seen, and no later one', () => {
    const messages = [1, 2, 3].map((minute) => ({ time: minute * MINUTE, usd: 0.5 }));
    expect(lossUntil(messages, 2 * MINUTE)).to.deep.equal({ messages: 2, usd: 1 });
    expect(lossUntil(messages, Infinity)).to.deep.equal({ messages: 3, usd: 1.5 });
  });
});

import { expect } from 'chai';
import { campaignsOf } from '../../../tools/evidence/replay/campaigns';
import { judge } from '../../../tools/evidence/replay/judge';
import { packOutcomes, totals } from '../../../tools/evidence/replay/totals';
import type { Label, Occurrence } from '../../../tools/simulate/types';
import { type Line, MINUTE, runOf } from './run-of-events';
import { messageOf } from './messages';

const attack: Label = { kind: 'malicious', occurrence: 1 };
const ordinary: Label = { kind: 'benign', occurrence: 0 };
const ATTACK: Occurrence = {
  number: 1,
  scenario: 'attack',
  title: 'An attack',
  kind: 'malicious',
  start: 0,
  end: 60 * MINUTE,
};

/** A world with an attack of three messages, a dollar each, and detectors that alert at the second or third event, or never. */
function worldOf(lines: Line[], thresholds: number[], levels: string[] = []) {
  const runs = thresholds.map((threshold) => runOf(lines, [ATTACK], threshold));
  const { dataset, labels } = runs[0]!;
  for (const minute of [1, 2, 3])
    labels.addMessage(messageOf({ label: attack, time: minute * MINUTE, usd: 1, sources: [] }));
  const detectors = runs.map(({ detector }, index) => ({
    detector: { level: levels[index] ?? 'medium', shows: ['volume'], sources: [`shop.${index}`] },
    judgement: judge(detector, dataset, labels),
  }));
  return { world: dataset.world, days: dataset.days, campaigns: campaignsOf(dataset, labels), detectors };
}
const burst: Line[] = [1, 2, 3].map((minute) => [minute, attack, 'a']);

describe('totals', () => {
  it('lose what was sent until the first alert of all detectors, and save the rest', () => {
    // An alert is visible a second after its event: at the second event two messages are gone.
    const { campaigns, usdLost, usdSaved, missed } = totals([worldOf(burst, [3, 2, 99])]);
    expect(campaigns).to.deep.equal({ present: 1, caught: 1, atHigh: 0, blind: 0 });
    expect([usdLost, usdSaved]).to.deep.equal([2, 1]);
    expect(missed).to.deep.equal([]);
  });

  it('lose all of a campaign that nothing caught, and name it', () => {
    const { campaigns, usdLost, usdSaved, missed } = totals([worldOf(burst, [99])]);
    expect(campaigns).to.deep.equal({ present: 1, caught: 0, atHigh: 0, blind: 0 });
    expect([usdLost, usdSaved]).to.deep.equal([3, 0]);
    expect(missed).to.deep.equal(['test-world/attack']);
  });

  it('keep a campaign that every detector is blind to in the denominator', () => {
    const { campaigns, usdLost } = totals([worldOf([[1, ordinary, 'a']], [2])]);
    expect(campaigns).to.deep.equal({ present: 1, caught: 0, atHigh: 0, blind: 1 });
    expect(usdLost).to.equal(3);
  });

  it('know what was gone before an incident was high, and how many sources told of it', () => {
    const [outcome] = packOutcomes(worldOf(burst, [2, 3, 99], ['medium', 'critical', 'high']));
    expect(outcome).to.deep.include({ outcome: 'caught', lost: { messages: 2, usd: 2 }, sources: 2 });
    expect(outcome).to.deep.include({ alerts: 2, incidents: 1, usdAtHigh: 3 });
    expect(packOutcomes(worldOf(burst, [2, 99], ['medium', 'high']))[0]).to.deep.include({
      usdAtHigh: null,
      sources: 1,
    });
    expect(packOutcomes(worldOf(burst, [2], ['low']))[0]).to.deep.include({ outcome: 'missed', incidents: 0 });
  });

  it('give the analyst the worst world', () => {
    const noisy: Line[] = [1, 2, 3].map((minute) => [minute, ordinary, 'a']);
    const worlds = [worldOf(noisy, [2, 3]), worldOf([[1, ordinary, 'a']], [2])];
    expect(totals(worlds).benignIncidentsPerDay).to.equal(1);
    expect(totals(worlds.reverse()).benignIncidentsPerDay).to.equal(1);
  });
});

import { expect } from 'chai';
import { highDays } from '../../../tools/command/report/high-days';
import type { MeasuredPack, Results } from '../../../tools/evidence/measure/results';
import { summarizeUnits } from '../../../tools/evidence/measure/summary';

const days = new Map([
  ['launch', { file: 'launch.yml' }],
  ['load-test', { file: 'load-test.yml', reason: 'Nobody enters the codes | of a machine.' }],
]);

/** Results of a world in which these days were at high, of two. */
function resultsOf(high: Record<string, number>): Results {
  const results = summarizeUnits([], { own: new Map(), independent: new Map() }, false, []);
  const honest = Object.entries(high).map(([scenario, times]) => ({
    ...{ scenario, perYear: 4, occurrences: 2, incidents: 2, high: times },
  }));
  const pack: MeasuredPack = {
    ...{ world: 'shop', days: 1, sends: 1, episodes: [], campaigns: [], until: { loud: null, slow: null } },
    ...{ incidents: { incidents: 0, high: 0 }, honest },
  };
  return { ...results, pack: [pack] };
}

describe('the table of honest days that become high', () => {
  it('has each with its reason, or says that it is open', () => {
    const [sum, , , , first, second] = highDays(resultsOf({ launch: 1, 'load-test': 2, sale: 0 }), days);
    expect(sum).to.match(/^Of 2 honest special days .* 1 give a reason .*; 1 has none and is an open finding\.$/);
    expect(first).to.equal('| launch | alongside the rules | shop | **none: an open finding** |');
    expect(second).to.equal('| load-test | alongside the rules | shop | Nobody enters the codes \\| of a machine. |');
  });

  it('is a sentence where there is none', () => {
    expect(highDays(resultsOf({ sale: 0 }), days)).to.deep.equal(['No honest special day becomes a high incident.']);
  });
});

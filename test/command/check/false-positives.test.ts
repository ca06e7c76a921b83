import { expect } from 'chai';
import { Reporter } from '@tollgate/sigma/rules/reporter';
import { parseYaml } from '@tollgate/sigma/yaml/yaml';
import { holdFalsePositives } from '../../../tools/command/check/false-positives';
import type { MeasuredDetector } from '../../../tools/evidence/measure/results';

const [document] = parseYaml('rule.yml', 'title: A rule\nfalsepositives:\n  - "launch: new, and entered"\n').documents;

function found(...specials: Partial<MeasuredDetector['specials'][number]>[]): string[] {
  const reporter = new Reporter(document!);
  const all = specials.map((one) => ({
    ...{ world: 'shop', scenario: 'launch', perYear: 2, occurrences: 4, episodes: 3 },
    ...one,
  }));
  const worlds = all.map(({ world }) => ({ world }));
  const detector = { specials: all, worlds } as MeasuredDetector;
  holdFalsePositives(document!.value, detector, new Set(['shop', 'bank']), reporter);
  return reporter.diagnostics.map(({ line, code, message }) => `${line} ${code}: ${message}`);
}

describe('false positives held against the measurement', () => {
  it('are named where they were seen', () => {
    expect(found({}, { scenario: 'sale', episodes: 0 })).to.deep.equal([]);
    expect(found({}, { scenario: 'sale' }, { scenario: 'sale', world: 'bank' })).to.deep.equal([
      "3 false-positive-untold: the measurement has 'sale' raise it (6 episodes in 8), and 'falsepositives' does not name it",
    ]);
  });

  it('are not asked of worlds whose content is another one by now', () => {
    expect(found({ scenario: 'sale', world: 'elsewhere' })).to.deep.equal([]);
  });

  it('occurred where they are named', () => {
    expect(found({ scenario: 'sale', episodes: 0 })).to.deep.equal([
      "3 false-positive-unseen: the measurement has no 'launch' in a world that records what it reads",
    ]);
    expect(found({ scenario: 'sale', episodes: 0, world: 'elsewhere' })).to.deep.equal([]);
  });
});

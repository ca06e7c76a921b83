import { expect } from 'chai';
import type { MeasuredDetector, Results } from '../../../tools/evidence/measure/results';
import { matrixOf, type Moment } from '../../../tools/evidence/coverage/matrix';
import { navigatorLayer } from '../../../tools/evidence/coverage/navigator';
import { coveragePage } from '../../../tools/command/report/coverage';
import { coverageSvg } from '../../../tools/command/report/coverage-svg';

type Outcome = [scenario: string, caught: number, missed: number, blind: number];

function detector(id: string, sources: string[], outcomes: Outcome[]): MeasuredDetector {
  const campaigns = outcomes.map(([scenario, caught, missed, blind]) => ({
    world: 'shop',
    scenario,
    pace: 'loud' as const,
    caught,
    missed,
    blind,
  }));
  return { id, sources, campaigns } as unknown as MeasuredDetector;
}

const MOMENTS = new Map<string, Moment>([
  ['a', 'during'],
  ['b', 'during'],
  ['c', 'before'],
]);

const RESULTS = {
  detectors: [
    detector(
      'a',
      ['web'],
      [
        ['burst', 1, 3, 0],
        ['drip <&>', 0, 2, 0],
        ['key', 0, 0, 4],
      ],
    ),
    detector(
      'b',
      ['web', 'sms'],
      [
        ['burst', 4, 0, 0],
        ['drip <&>', 1, 1, 0],
        ['key', 0, 0, 4],
      ],
    ),
    detector('c', ['audit'], [['burst', 0, 4, 0]]),
    detector('gone', ['sms'], [['key', 4, 0, 0]]),
  ],
  pack: [
    {
      world: 'shop',
      campaigns: [
        { world: 'shop', scenario: 'burst', pace: 'loud', caught: 4, missed: 0, blind: 0 },
        { world: 'shop', scenario: 'drip <&>', pace: 'slow', caught: 1, missed: 1, blind: 0 },
        { world: 'shop', scenario: 'key', pace: 'loud', caught: 0, missed: 0, blind: 4 },
      ],
    },
    {
      world: 'bank',
      campaigns: [{ world: 'bank', scenario: 'drip <&>', pace: 'loud', caught: 2, missed: 0, blind: 0 }],
    },
  ],
} as unknown as Results;

const MAPPING = {
  technique: 'T1496.003',
  strategy: 'DET0156',
  analytic: 'AN0443',
  attack_version: '18',
  elements: [
    {
      name: 'TimeWindow',
      meaning: 'Time.',
      parameters: [{ file: 'a.yml', parameter: 'w', title: 'A | b', value: '10m' }],
    },
  ],
};

describe('the matrix of coverage', () => {
  const matrix = matrixOf(RESULTS, ['web', 'sms', 'audit', 'unused'], MOMENTS);
  const cell = (scenario: string, source: string) =>
    matrix.rows.find((row) => row.scenario === scenario)!.cells.get(source);

  it('takes the best rule or query of each source and moment', () => {
    expect(cell('burst', 'web')).to.deep.equal({ during: 'caught' });
    expect(cell('burst', 'audit')).to.deep.equal({ before: 'missed' });
    expect(cell('drip <&>', 'web')).to.deep.equal({ during: 'some' });
    expect(cell('drip <&>', 'audit')).to.deep.equal({});
    expect(cell('burst', 'unused')).to.deep.equal({});
  });

  it('tells what a source is blind to from what was missed, and leaves out rules that are no more', () => {
    expect(cell('key', 'web')).to.deep.equal({ during: 'blind' });
    expect(cell('key', 'sms')).to.deep.equal({ during: 'blind' });
  });

  it('sums up a scenario over the worlds', () => {
    const [burst, drip, key] = matrix.rows;
    expect(burst).to.include({ pace: 'loud', caught: 4, present: 4 });
    expect(drip).to.include({ pace: 'both', caught: 3, present: 4 });
    expect(key).to.include({ caught: 0, present: 4 });
    expect(matrix.counts.get('web')).to.deep.equal({ before: 0, during: 2, after: 0 });
  });

  it('is drawn with a cell a state, and no text breaks out of it', () => {
    const svg = coverageSvg(matrix);
    expect(svg).to.include('<title>drip &lt;&amp;&gt;, web, during: caught some</title>');
    expect(svg).to.not.include('drip <');
    expect(svg.match(/<title>/g)).to.have.length(7);
  });

  it('is told in words, with what the analytic leaves open', () => {
    const page = coveragePage(matrix, MAPPING);
    expect(page).to.include('| `burst` | loud | 4 of 4 |  | sms, web |  | audit |  |');
    expect(page).to.include('| `key` | loud | 0 of 4 |  |  |  |  | sms, web |');
    expect(page).to.include('| [A \\| b](../a.yml) | `w` | 10m |');
  });

  it('makes a layer of keys that the format has', () => {
    const layer = navigatorLayer(matrix, MAPPING) as { techniques: Record<string, unknown>[] };
    const [parent, technique] = layer.techniques;
    expect(parent).to.include({ techniqueID: 'T1496' });
    expect(technique).to.include({ techniqueID: 'T1496.003', tactic: 'impact', score: 58.3 });
    const keys = ['techniqueID', 'tactic', 'score', 'comment', 'enabled', 'metadata', 'links', 'showSubtechniques'];
    expect(Object.keys(technique!).filter((key) => !keys.includes(key))).to.deep.equal([]);
    expect(technique!['metadata']).to.deep.include({ name: 'TimeWindow', value: 'A | b: 10m' });
  });
});

import { expect } from 'chai';
import { addedBy } from '../../../tools/evidence/measure/added';
import type { UnitResult } from '../../../tools/evidence/replay/unit';
import { outcome } from '../replay/judgements';
import { detectorUnit, unitResult } from './sample';

/** A detector that reads these sources and caught campaign n after that many seconds; null: it missed it. */
const caught = (id: string, sources: string[], ...seconds: (number | null)[]): UnitResult['detectors'][number] => {
  const campaigns = seconds.map((after, index) =>
    outcome({ occurrence: index + 1, outcome: after === null ? 'missed' : 'caught', seconds: after }),
  );
  const unit = detectorUnit(id, { campaigns });
  return { ...unit, detector: { ...unit.detector, sources } };
};

const added = (...units: UnitResult['detectors'][]) =>
  Object.fromEntries(addedBy(units.map((detectors) => unitResult({ detectors }))));

describe('what a rule adds', () => {
  it('is what the others of its sources did not catch, or caught later', () => {
    expect(added([caught('quick', ['s'], 60, 60, 60, null), caught('slow', ['s'], 90, 60, null, 5)])).to.deep.equal({
      quick: { alone: 1, first: 1, secondsEarlier: 30 },
      slow: { alone: 1, first: 0, secondsEarlier: null },
    });
  });

  it('is measured beside what reads no source besides its own', () => {
    expect(added([caught('one', ['s'], 90), caught('both', ['s', 't'], 80), caught('other', ['t'], 70)])).to.deep.equal(
      {
        one: { alone: 1, first: 0, secondsEarlier: null },
        both: { alone: 0, first: 0, secondsEarlier: null },
        other: { alone: 1, first: 0, secondsEarlier: null },
      },
    );
  });

  it('is the median over all units, baselines apart', () => {
    const baseline = caught('baseline', ['s'], 1);
    const beside = { ...baseline, detector: { ...baseline.detector, kind: 'baseline' as const } };
    const units = [10, 20, 70].map((gain) => [caught('a', ['s'], 100 - gain), caught('b', ['s'], 100), beside]);
    expect(added(...units)['a']).to.deep.equal({ alone: 0, first: 3, secondsEarlier: 20 });
  });
});

import { expect } from 'chai';
import { ordinaryVisits, type Beginning } from '../../tools/simulate/ordinary';
import { EPOCH, DAY } from '../../tools/simulate/curve';
import { applicationOtp } from '../../tools/simulate/lenses/application-otp';
import { eventStream } from '../../tools/simulate/stream';
import { modelOf } from '../../tools/simulate/world';
import { datasets } from './run';

describe('the stream', () => {
  it('reads no further ahead than it must, so that memory does not grow with the run', () => {
    const world = datasets.worlds.find(({ name }) => name === 'b2b-service')!;
    let furthest = 0;
    function* watched(): Generator<Beginning> {
      for (const beginning of ordinaryVisits(modelOf(world, 1), EPOCH, EPOCH + 5 * DAY, 1)) {
        furthest = beginning.time;
        yield beginning;
      }
    }
    const recording = { lens: applicationOtp, derive: (record: Record<string, unknown>) => record, from: EPOCH };
    let count = 0;
    for (const { time } of eventStream(world, [watched()], [recording], EPOCH + 5 * DAY)) {
      if (++count % 100 === 0 && time < EPOCH + 4 * DAY) expect(furthest - time).to.be.below(4 * 3_600_000);
    }
    expect(count).to.be.greaterThan(10_000);
  });
});

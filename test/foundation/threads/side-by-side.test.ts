import { expect } from 'chai';
import { sideBySide, type JobsProgress, type SideBySide } from '../../../tools/foundation/threads/side-by-side';

describe('jobs side by side', () => {
  const jobs = ['small', 'large', 'middling'];
  const weights = new Map([
    ['small', 1],
    ['large', 6],
    ['middling', 3],
  ]);
  const begun: string[] = [];
  const told: JobsProgress[] = [];
  const run = (options: Partial<SideBySide<string, string>>) => {
    begun.length = told.length = 0;
    return sideBySide({
      jobs,
      weightOf: (job) => weights.get(job)!,
      workers: [(job) => (begun.push(job), Promise.resolve(job.toUpperCase()))],
      eventsOf: ({ length }) => length,
      tell: (progress) => told.push(progress),
      ...options,
    });
  };

  it('begins the largest first, and answers in the order of the jobs', async () => {
    expect(await run({})).to.deep.equal(['SMALL', 'LARGE', 'MIDDLING']);
    expect(begun).to.deep.equal(['large', 'middling', 'small']);
  });

  it('does one job for each worker at once', async () => {
    let [now, most] = [0, 0];
    const worker = async (job: string): Promise<string> => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 5));
      now--;
      return job;
    };
    expect(await run({ workers: [worker, worker] })).to.deep.equal(jobs);
    expect(most).to.equal(2);
  });

  it('tells how much of the work is done, with what is under way', async () => {
    await run({
      workers: [
        (job, onProgress) => {
          onProgress({ events: 2, share: 0.5 });
          return Promise.resolve(job);
        },
      ],
    });
    expect(told.map(({ done, events, share }) => [done, events, share])).to.deep.equal([
      [0, 2, 0.3],
      [1, 5, 0.6],
      [1, 7, 0.75],
      [2, 13, 0.9],
      [2, 15, 0.95],
      [3, 18, 1],
    ]);
  });

  it('begins nothing after a failure, waits for what is under way, and has told of what was finished', async () => {
    const finished: string[] = [];
    const fails = (): Promise<string> => Promise.reject(new Error('the disk is full'));
    const slow = (job: string): Promise<string> => new Promise((resolve) => setTimeout(() => resolve(job), 5));
    const failure = await run({ workers: [fails, slow], finished: (job) => finished.push(job) }).catch(
      ({ message }: Error) => message,
    );
    expect(failure).to.equal('the disk is full');
    expect(finished).to.deep.equal(['middling']);
  });

  it('ends at what the one who hears of a result throws', async () => {
    const failure = await run({
      finished: () => {
        throw new Error('no room for it');
      },
    }).catch(({ message }: Error) => message);
    expect(failure).to.equal('no room for it');
    expect(begun).to.deep.equal(['large']);
  });
});

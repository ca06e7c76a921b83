import { expect } from 'chai';
import { threadsFor } from '../../../tools/command/cli/replay-threads';
import { tollgate } from './run';

describe('worlds replayed side by side', () => {
  it('give the same report as one after the other', () => {
    const replay = (jobs: string) =>
      tollgate(
        ...['replay', 'rules/okta', 'queries/okta/okta_unused.yml', 'queries/azure/acs_unused.yml'],
        ...['--world', 'staff-portal', 'city-services', '--engine', 'memory', '--format', 'json'],
        ...['--param', 'okta_unused.spread=0.3', '--scenario', 'leased-block-run', 'office-onboarding', '--jobs', jobs],
      );
    const [alone, together] = [replay('1'), replay('2')];
    expect(together.code, together.stderr).to.equal(alone.code);
    expect(JSON.parse(together.stdout)).to.deep.equal(JSON.parse(alone.stdout));
    expect(together.stderr).to.equal(alone.stderr);
  });

  it('are as many as were asked for, else as are worth a thread', () => {
    const worlds = (count: number) => Array<number>(count).fill(12_000);
    expect(threadsFor(worlds(1), 300)).to.equal(1);
    expect(threadsFor(worlds(2), 1), 'one rule').to.equal(1);
    expect(threadsFor(worlds(9), 300)).to.be.within(1, 4);
    expect(threadsFor(worlds(9), 1, 3)).to.equal(3);
    expect(threadsFor(worlds(2), 1, 3)).to.equal(2);
  });
});

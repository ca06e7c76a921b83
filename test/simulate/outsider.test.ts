import { expect } from 'chai';
import { join } from 'node:path';
import { loadDatasets } from '../../tools/simulate/load';
import { tollgate } from '../command/cli/run';
import { datasets } from './run';

const FOLDER = 'test/fixtures/outsider';

interface Report {
  rules: {
    name: string;
    campaigns: { present: number; caught: number };
    outcomes: { world: string; scenario: string }[];
    specials: { scenario: string; occurrences: number }[];
  }[];
}

describe('somebody else’s worlds and scenarios', () => {
  it('share no flow, no carrier and no scenario with ours, and are well-formed', () => {
    const { worlds, scenarios, diagnostics } = loadDatasets(join(__dirname, '..', '..', FOLDER));
    expect(diagnostics).to.deep.equal([]);
    const [world] = worlds;
    expect(world!.name).to.equal('hair-salons');
    for (const ours of datasets.worlds) {
      expect(Object.keys(ours.flows)).to.not.include.members(Object.keys(world!.flows));
      expect(Object.keys(ours.carriers)).to.not.include.members(Object.keys(world!.carriers));
    }
    const names = datasets.scenarios.map(({ name }) => name);
    for (const { name } of scenarios) expect(names).to.not.include(name);
  });

  it('are replayed against rules that promise to catch ours, whose scenarios are not missed', () => {
    const { stdout, stderr, code } = tollgate(
      ...['replay', 'rules/twilio/twilio_verify_block_burst.yml', '--engine', 'memory', '--datasets', FOLDER],
      ...['--days', '2', '--format', 'json', '--scenario', 'night-of-the-bots', 'wedding-season'],
    );
    expect(stderr).to.equal('');
    expect(code).to.equal(0);
    const [rule] = (JSON.parse(stdout) as Report).rules;
    expect(rule!.campaigns).to.include({ present: 1, caught: 1 });
    expect(rule!.outcomes.map(({ world, scenario }) => [world, scenario])).to.deep.equal([
      ['hair-salons', 'night-of-the-bots'],
    ]);
    expect(rule!.specials.map(({ scenario, occurrences }) => [scenario, occurrences])).to.deep.equal([
      ['wedding-season', 1],
    ]);
  });
});

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Command } from 'commander';
import { configure } from '../../../tools/command/cli/tune';
import type { TuneReport } from '../../../tools/evidence/tune/result';
import { Failure } from '../../../tools/foundation/content/failure';
import { tollgate } from './run';

describe('tollgate tune', () => {
  it('says which value to take', () => {
    const { code, stdout, stderr } = tollgate(
      ...['tune', 'otp_block_burst', '--param', 'numbers', '--values', '6,150', '--world', 'regional-shop'],
      ...['--days', '1', '--seeds', '1', '--report-seeds', '2'],
    );
    expect([code, stderr]).to.deep.equal([0, '']);
    expect(stdout).to.contain('take 6 numbers instead of 40');
    expect(stdout).to.contain('on seeds 2, which chose nothing');
  });

  it("applies a site's filters with each value", () => {
    const everywhere = join(mkdtempSync(join(tmpdir(), 'tollgate-')), 'site.yml');
    writeFileSync(everywhere, 'office_networks: [0.0.0.0/0, "::/0"]\n');
    const alertsWith = (...args: string[]) => {
      const { stdout, stderr } = tollgate(
        ...[
          'tune',
          'otp_client_many_numbers',
          '--param',
          'numbers',
          '--values',
          '10',
          '--world',
          'regional-shop',
          '--days',
          '1',
        ],
        ...['--seeds', '1', '--report-seeds', '2', '--format', 'json', ...args],
      );
      const { parameters } = JSON.parse(stdout) as TuneReport;
      return { caught: parameters[0]!.points.map(({ campaigns }) => campaigns.caught), stderr };
    };
    const [without, filtered] = [alertsWith(), alertsWith('--placeholders', everywhere)];
    expect(Math.min(...without.caught)).to.be.above(0);
    expect(Math.max(...filtered.caught)).to.equal(0);
    expect(filtered.stderr).to.contain('is applied');
  });

  it('refuses parameters, values, seeds and worlds that do not fit', async () => {
    for (const [args, message] of [
      [['otp_block_burst', '--param', 'number'], "did you mean 'numbers'?"],
      [['otp_block_burst', '--param', 'numbers', '--values', '4'], 'outside its range [5, 200]'],
      [['otp_block_burst', '--report-seeds', '3-5'], 'seed 3 is to choose and to report'],
      [['okta_number_many_codes', '--world', 'regional-shop'], "can't run in regional-shop"],
      [['twilio_geo_permission_opened'], 'has no parameter'],
    ] as const) {
      const command = new Command('tune').exitOverride();
      configure(command);
      const error: unknown = await command.parseAsync([...args], { from: 'user' }).catch((thrown: unknown) => thrown);
      expect(error, args.join(' ')).to.be.instanceOf(Failure);
      const { exitCode, message: text, hint } = error as Failure;
      expect([exitCode, `${text} | ${hint}`.includes(message)], `${text} | ${hint}`).to.deep.equal([2, true]);
    }
  });
});

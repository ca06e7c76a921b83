import { expect } from 'chai';
import { Command } from 'commander';
import { configure } from '../../../tools/command/cli/tune';
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

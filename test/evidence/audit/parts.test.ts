import { expect } from 'chai';
import { leaks } from '../../../tools/evidence/audit/leaks';
import { nearMisses } from '../../../tools/evidence/audit/near-misses';
import { realism } from '../../../tools/evidence/audit/realism';
import { safety } from '../../../tools/evidence/audit/safety';
import { sensitivity } from '../../../tools/evidence/audit/sensitivity';
import type { AuditOptions, MeasuredNumber } from '../../../tools/evidence/audit/part';
import { VARIANTS } from '../../../tools/evidence/audit/variants';
import { readSchema } from '../../../tools/foundation/content/schema';
import type { Signal } from '../../../tools/telemetry/contract';
import type { CorrelationRule } from '@tollgate/sigma/rules/model';
import { optionsFor } from './run';

describe('the audit', () => {
  it('finds a field that gives a campaign away undeclared, and a declared one that tells nothing', async () => {
    const options = optionsFor(['leased-block-run']);
    const [scenario] = options.scenarios;
    const run = (signals: Signal[]) => leaks.run({ ...options, scenarios: [{ ...scenario!, signals }] });
    const whole = await run(scenario!.signals!);
    expect(whole.findings).to.deep.equal([]);
    const others = scenario!.signals!.filter((signal) => signal !== 'client');
    const { findings } = await run([...others, 'channel', 'caller']);
    const [page, caller, channel, client, ...rest] = findings.sort();
    expect(page).to.match(/^leased-block-run: c-ip gives it away/);
    expect(caller).to.match(/caller is declared, but no source that sees the scenario has it/);
    expect(channel).to.match(/channel is declared, but tells nothing \(AUC 0\.50\)/);
    expect(client).to.match(/^leased-block-run: client\.ip gives it away \(AUC (1\.00|0\.9\d); regional-shop, app/);
    expect(rest).to.deep.equal([]);
  });

  it('is told of signals that a field tells of, the same in both schemas', () => {
    const known = (schema: unknown): unknown => (schema as { enum: unknown }).enum;
    const { contracts } = optionsFor([]);
    const told = new Set(
      [...contracts.values()].flatMap(({ fields }) => Object.values(fields).map(({ tells }) => tells)),
    );
    const contract = readSchema('telemetry-contract') as { $defs: { signal: unknown } };
    const scenario = readSchema('scenario') as { properties: { signals: { items: unknown } } };
    expect(known(contract.$defs.signal)).to.have.members([...told].filter((signal) => signal !== undefined));
    expect(['time', ...(known(scenario.properties.signals.items) as string[])]).to.deep.equal(
      known(contract.$defs.signal),
    );
  });

  it('finds a world whose users answer less than anybody has published', async () => {
    const options = optionsFor([]);
    const [world] = options.worlds;
    const flows = Object.entries(world!.flows).map(([name, flow]) => [name, { ...flow, conversion: 0.4 }]);
    const { findings } = await realism.run({ ...options, worlds: [{ ...world!, flows: Object.fromEntries(flows) }] });
    expect(findings.some((finding) => finding.startsWith("regional-shop: 'conversion"))).to.equal(true);
  });

  it('finds a number that can be assigned, and says where', async () => {
    const options = optionsFor(['load-test']);
    const [world] = options.worlds;
    const unsafe = { ...world!, twilio: { ...world!.twilio!, from: '+34612345678' } };
    const { findings, tables } = await safety.run({ ...options, worlds: [unsafe] });
    expect(findings).to.deep.equal([
      "regional-shop, twilio.messaging: data.from holds '+34612345678', which may be somebody's",
    ]);
    expect(tables[0]!.rows.map(([, source]) => source)).to.have.members(world!.sources);
  });

  it('says which benign scenario came nearest to a threshold, and finds a rule that none comes near', async () => {
    const options = optionsFor(['load-test'], undefined, ['otp_block_burst.yml']);
    const { tables, findings } = await nearMisses.run(options);
    const [, worlds, nearest, by, world] = tables[0]!.rows.at(-1)!;
    expect([worlds, by, world]).to.deep.equal([1, 'load-test', 'regional-shop']);
    expect((nearest as MeasuredNumber).value).to.be.within(1, 10);
    expect(findings).to.deep.equal([]);
    const far = await nearMisses.run(withThreshold(options, 100_000));
    expect(far.findings).to.have.length(1);
    expect(far.findings[0]).to.match(/nothing benign comes nearer than 0 %/);
  });

  it('finds the variants of a world in which a rule is over its budget', async () => {
    const options = optionsFor(['leased-block-run'], undefined, ['otp_block_burst.yml']);
    const { tables, findings } = await sensitivity.run(options);
    expect(findings).to.deep.equal([]);
    const [, ...asTold] = tables[0]!.rows.at(-1)!;
    expect(asTold).to.deep.equal(['as it is', ...VARIANTS].map(() => '1/1 · 0 · 0'));
    const nervous = await sensitivity.run(withThreshold(options, 1));
    for (const name of ['as it is', ...VARIANTS.map((variant) => variant.name)]) {
      const [finding, ...more] = nervous.findings.filter((one) => one.includes(`, ${name}: `));
      expect(finding, name).to.match(/: over its budget in regional-shop: \d+ benign episodes/);
      expect(more, name).to.deep.equal([]);
    }
    // Less traffic raises fewer, more raises more.
    const [head, cells] = [nervous.tables[0]!.columns, nervous.tables[0]!.rows.at(-1)!];
    const ordinary = (name: string): number => Number(String(cells[head.indexOf(name)]).split(' · ')[1]);
    for (const { name, volume } of VARIANTS.filter((variant) => variant.volume !== 1))
      expect(Math.sign(ordinary(name) - ordinary('as it is')), name).to.equal(Math.sign(volume - 1));
  });
});

function withThreshold(options: AuditOptions, gte: number): AuditOptions {
  const rules = options.rules.map((rule) =>
    rule.kind === 'correlation' ? ({ ...rule, condition: { ...rule.condition, gte } } as CorrelationRule) : rule,
  );
  return { ...options, rules };
}

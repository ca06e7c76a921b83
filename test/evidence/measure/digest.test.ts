import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { stillHolding, worldDigests, worldParts, type WorldDigest } from '../../../tools/evidence/measure/digest';

const RULE = 'rules/application/otp_block_burst.yml';
const OTHER_RULE = 'rules/application/otp_number_many_codes.yml';
const WORLD = 'datasets/worlds/regional-shop.yml';
const SCENARIO = 'datasets/malicious/leased-block-run.yml';
const CONTRACT = 'schemas/telemetry/application.otp.yml';
const MIXED_RULE = 'rules/twilio/twilio_control_change_then_block_burst.yml';
/** What the shop does not record, and a scenario that can't occur there. */
const AWS_RULE = 'rules/aws/sns_delivery_block_burst.yml';
const AWS_CONTRACT = 'schemas/telemetry/aws.sns.yml';
const AWS_SCENARIO = 'datasets/malicious/stolen-aws-key.yml';
const AWS_WORLD = 'datasets/worlds/national-bank.yml';

/** Whether all that there is now was found already. */
function holdsFor(then: WorldDigest, now: WorldDigest): boolean {
  return stillHolding(then, now)?.length === Object.keys(now.documents).length;
}

describe('the digest of measured content', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
    for (const path of [RULE, WORLD, SCENARIO, CONTRACT]) cpSync(path, join(folder, path), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const measured = (rules: string[], filters: string[] = []) => ({
    rules: rules.map((path) => join(folder, path)),
    queries: [],
    filters: filters.map((path) => join(folder, path)),
    datasets: join(folder, 'datasets'),
    telemetry: join(folder, 'schemas/telemetry'),
  });
  const digests = (...rules: string[]) => worldDigests(measured([RULE, ...rules]));
  const parts = (rules: string[], filters: string[] = []) => worldParts(measured(rules, filters)).get('regional-shop')!;
  const digest = () => digests().get('regional-shop')!;
  const edited = (path: string, from: RegExp, to: string): string => {
    const text = readFileSync(join(folder, path), 'utf8');
    expect(text, path).to.match(from);
    writeFileSync(join(folder, path), text.replace(from, to));
    return digest();
  };

  it('is another one for another threshold, world, scenario or field', () => {
    const seen = new Set([
      digest(),
      edited(RULE, /gte: 40/, 'gte: 41'),
      edited(WORLD, /sends_per_day: \d+/, 'sends_per_day: 51'),
      edited(SCENARIO, /visits_per_hour: .*/, 'visits_per_hour: 7'),
      edited(CONTRACT, /type: ip/, 'type: keyword'),
    ]);
    expect(seen).to.have.property('size', 5);
  });

  it('is the same for a rule, a contract, a scenario and a world that change nothing in it', () => {
    const before = digest();
    for (const path of [AWS_RULE, AWS_CONTRACT, AWS_SCENARIO, AWS_WORLD])
      cpSync(path, join(folder, path), { recursive: true });
    const after = digests(AWS_RULE);
    expect(after.get('regional-shop')).to.equal(before);
    const bank = after.get('national-bank')!;
    edited(AWS_RULE, /gte: \d+/, 'gte: 4321');
    expect(digests(AWS_RULE).get('national-bank')).to.not.equal(bank);
    expect(digests(AWS_RULE).get('regional-shop')).to.equal(before);
  });

  it('takes a correlation only where all is recorded that it refers to', () => {
    const contracts = ['twilio.monitor', 'twilio.messaging', 'twilio.verify'].map(
      (id) => `schemas/telemetry/${id}.yml`,
    );
    for (const path of [MIXED_RULE, ...contracts]) cpSync(path, join(folder, path), { recursive: true });
    const now = () => digests(MIXED_RULE).get('regional-shop');
    const before = now();
    edited(MIXED_RULE, /timespan: 1d/, 'timespan: 2d');
    expect(now()).to.not.equal(before);
    edited(WORLD, /twilio\.verify, /, '');
    const without = now();
    edited(MIXED_RULE, /timespan: 2d/, 'timespan: 3d');
    expect(now()).to.equal(without);
  });

  it('holds where a rule is gone, but not where one is new, alerts by itself now, or is narrowed by a filter', () => {
    cpSync(OTHER_RULE, join(folder, OTHER_RULE), { recursive: true });
    const [both, one] = [parts([RULE, OTHER_RULE]), parts([RULE])];
    expect(holdsFor(both, one)).to.equal(true);
    expect(holdsFor(one, both)).to.equal(false);

    const [text, filter] = [readFileSync(join(folder, RULE), 'utf8'), 'filters/offices.yml'];
    mkdirSync(join(folder, 'filters'));
    const write = (address: string) =>
      writeFileSync(
        join(folder, filter),
        `title: Offices\nfilter:\n  rules: [otp_code_sent]\n  a: {client.ip${address}}\n`,
      );
    write(': 192.0.2.1');
    expect(holdsFor(one, parts([RULE], [filter])), 'a filter').to.equal(false);
    write("|expand: '%offices%'");
    expect(holdsFor(one, parts([RULE], [filter])), 'a filter without values').to.equal(true);

    writeFileSync(join(folder, RULE), text.split('---\n')[1]!);
    expect(holdsFor(one, parts([RULE])), 'without its correlation').to.equal(false);
  });

  it('tells a rule that is new or another one from those that hold, and what they refer to is part of them', () => {
    cpSync(OTHER_RULE, join(folder, OTHER_RULE), { recursive: true });
    const before = parts([RULE, OTHER_RULE]);
    const ids = Object.keys(before.documents);
    expect(ids, 'one of each file reports').to.have.length(2);
    edited(RULE, /event\.action: otp_sent/, 'event.action: otp_blocked');
    const holding = stillHolding(before, parts([RULE, OTHER_RULE]))!;
    expect(holding).to.deep.equal(Object.keys(parts([OTHER_RULE]).documents));
    edited(WORLD, /sends_per_day: \d+/, 'sends_per_day: 51');
    expect(stillHolding(before, parts([RULE, OTHER_RULE])), 'with other traffic').to.equal(null);
  });

  it('asks for nothing where a contract derives one field more, and for those that name a field where it is derived another way', () => {
    cpSync(OTHER_RULE, join(folder, OTHER_RULE), { recursive: true });
    const before = parts([RULE, OTHER_RULE]);
    edited(
      CONTRACT,
      /\nderived:\n/,
      '\nderived:\n  destination.half:\n    type: keyword\n    derive: {how: block, from: destination.number}\n',
    );
    expect(holdsFor(before, parts([RULE, OTHER_RULE]))).to.equal(true);
    edited(CONTRACT, /(destination\.block:[^}]*?)how: block/, '$1how: suffix');
    expect(stillHolding(before, parts([RULE, OTHER_RULE]))).to.deep.equal(Object.keys(parts([OTHER_RULE]).documents));
  });

  it('is another one for another level, title or kind of sign, and what was found holds for it', () => {
    const before = parts([RULE]);
    const seen = new Set([digest()]);
    for (const [from, to] of [
      [/title: .*/, 'title: Another'],
      [/level: medium/, 'level: low'],
      [/shows: .*/, 'shows: [client]'],
    ] as const) {
      seen.add(edited(RULE, from, to));
      expect(holdsFor(before, parts([RULE])), to).to.equal(true);
    }
    expect(seen).to.have.property('size', 4);
  });

  it('is the same for another unit of a parameter, and another one for another value', () => {
    const query = 'queries/application/otp_block_unused.yml';
    cpSync(query, join(folder, query), { recursive: true });
    const now = () => worldDigests({ ...measured([RULE]), queries: [join(folder, query)] }).get('regional-shop');
    const before = now();
    edited(query, /unit: numbers/, 'unit: codes');
    expect(now()).to.equal(before);
    edited(query, /default: 10/, 'default: 11');
    expect(now()).to.not.equal(before);
  });

  it('is the same for other prose, another budget, and anywhere on a disk', () => {
    const before = digest();
    expect(edited(RULE, /max: [\d.]+/, 'max: 9')).to.equal(before);
    expect(edited(RULE, /description: >-/, 'description: >-\n  More of it.')).to.equal(before);
    expect(edited(WORLD, /# /, '# Noted: ')).to.equal(before);
    expect(edited(CONTRACT, /meaning: /, 'meaning: Rather, ')).to.equal(before);
    expect(edited(CONTRACT, /      - of: \[/, '      - of: [further, ')).to.equal(before);
    const moved = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
    cpSync(folder, moved, { recursive: true });
    rmSync(folder, { recursive: true });
    folder = moved;
    expect(digest()).to.equal(before);
  });
});

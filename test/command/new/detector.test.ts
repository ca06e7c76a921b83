import { expect } from 'chai';
import { findLayout } from '../../../tools/command/check/layout';
import { loadContent } from '../../../tools/command/check/load';
import { conditionsOf } from '../../../tools/command/new/defaults';
import { makeDetector } from '../../../tools/command/new/detector';
import { detectorQuestions } from '../../../tools/command/new/detector-questions';
import type { NewGround } from '../../../tools/command/new/ground';
import { answer, type Answers } from '../../../tools/command/new/questions';

describe('a new rule or query', () => {
  let ground: NewGround;
  before(() => {
    const layout = findLayout([]);
    const loaded = loadContent(layout);
    // Other rules and queries have nothing to do with it, but for their titles.
    const content = { ...loaded.content, rules: [], queries: [], cases: [], sigma: [], hunts: [] };
    ground = { layout, loaded: { ...loaded, content } };
  });

  async function made(kind: 'rule' | 'query', given: Answers) {
    const name = 'made_for_a_test';
    const answers = { name, title: 'Something of a source', catches: ['leased-block-run'], ...given };
    return makeDetector(kind, await answer(detectorQuestions(kind, ground), answers, null), ground);
  }

  const kindsOf = (text: string): string[] => Array.from(text.matchAll(/^ {4}kind: (.*)$/gm), ([, kind]) => kind!);

  /** It throws where a finding or a case is wrong. */
  async function expectWhole(kind: 'rule' | 'query', source: string): Promise<void> {
    const { files } = await made(kind, { source, where: conditionsOf(ground.loaded.content.contracts.get(source)!) });
    const kinds = kindsOf(files[1]!.text);
    expect(new Set(kinds), source).to.deep.equal(new Set(['fires', 'quiet', 'near-miss', 'edge']));
    expect(kinds.filter((one) => one === 'edge').length, source).to.be.at.least(2);
    const folder = kind === 'rule' ? 'rules' : 'queries';
    expect(files[0]!.file).to.equal(`${folder}/${source.split('.')[0]!}/made_for_a_test.yml`);
  }

  it('is a rule on every source, valid, with cases of all kinds that it passes', async () => {
    for (const source of ground.loaded.content.contracts.keys()) await expectWhole('rule', source);
  });

  it('is a query that counts values, or events, with cases of all kinds that it passes', async () => {
    for (const source of ['twilio.verify', 'azure.acs']) await expectWhole('query', source);
  });

  it('tells ranges apart, and not only blocks of one', async () => {
    const where = ['type=com.twilio.accountsecurity.verify.verification.pending'];
    const groupBy = ['asset.id', 'destination.range'];
    const { files } = await made('rule', { source: 'twilio.verify', where, groupBy });
    expect(new Set(kindsOf(files[1]!.text))).to.include('near-miss');
    expect(files[1]!.text).to.contain('+99800193');
  });

  it('counts blocks, ranges and countries of numbers, each with another value of the number', async () => {
    const rest = { source: 'application.otp', where: ['event.action=otp_requested'], groupBy: ['client.ip'] };
    for (const count of ['destination.block', 'destination.range', 'destination.country']) {
      const { files } = await made('rule', { ...rest, count, atLeast: '5' });
      expect(new Set(kindsOf(files[1]!.text)), count).to.deep.equal(new Set(['fires', 'quiet', 'near-miss', 'edge']));
    }
    const error = await made('rule', { ...rest, count: 'destination.country', atLeast: '12' }).catch((e: Error) => e);
    expect(error).to.have.property('hint').that.contains('of countries at most 10');
  });

  it('groups by countries, of which no case has one for each event', async () => {
    const groupBy = ['asset.id', 'destination.country'];
    const { files } = await made('query', {
      ...{ source: 'sinch.verification', where: ['callback.event=VerificationRequestEvent'], groupBy, within: '1h' },
    });
    expect(files[1]!.text).to.contain('each with another asset.id').and.to.contain('but of two of destination.country');
    // All that is to be written stands on one line, as `validate` shows it.
    expect(files[0]!.text).to.match(/^ *TODO which field tells who asked\?$/m);
  });

  it('has no edges where one event is enough', async () => {
    const where = ['event_type=ACCOUNT_SECRET_CREATE', 'source=CD'];
    const { files } = await made('rule', { source: 'vonage.audit', where, atLeast: '1' });
    expect(files[0]!.text).not.to.contain('correlation');
    expect(kindsOf(files[1]!.text)).to.deep.equal(['fires', 'quiet', 'near-miss', 'near-miss']);
  });

  it('says why no case tells the asset where all records are of one', async () => {
    const { files, notes } = await made('rule', {
      source: 'okta.system',
      where: ['eventType=system.sms.send_phone_verification_message'],
    });
    expect(files[2]!.text.startsWith(files[2]!.was!)).to.equal(true);
    expect(files[2]!.text.slice(files[2]!.was!.length)).to.match(
      /^ {2}- rule: .*\n {4}mutant: .*asset\.id"\n {4}reason: .*\n$/,
    );
    expect(notes.join()).to.contain('datasets/mutants.yml');
  });

  const REFUSED: [string, Answers, string][] = [
    ['a source that there is not', { source: 'twilio.verfy' }, "there is no log source 'twilio.verfy'"],
    ['a field that the source lacks', { where: ['status=x'] }, "twilio.verify has no field 'status'"],
    ['a value of another type', { where: ['data.code_length=six'] }, "'six' is not of type long"],
    ['a name that is none', { name: 'Short' }, "'Short' is not a name for a rule or query"],
    ['a benign scenario to catch', { catches: ['load-test'] }, "there is no malicious scenario 'load-test'"],
    ['one written independently of the rules', { catches: ['sixty-countries-hourly'] }, 'so that none may name it'],
    ['a group that records lack', { groupBy: ['data.attempt_sid', 'nothing'] }, "twilio.verify has no field 'nothing'"],
    ['a timespan that is none', { within: 'an hour' }, "'an hour' is not a timespan"],
    ['a value to count that can differ in no record', { count: 'data.verification_status' }, 'would not be valid'],
  ];
  for (const [what, given, message] of REFUSED)
    it(`is refused with ${what}`, async () => {
      const where = ['type=com.twilio.accountsecurity.verify.verification.pending'];
      const error = await made('rule', { source: 'twilio.verify', where, ...given }).catch((thrown: Error) => thrown);
      expect(error).to.be.instanceOf(Error).with.property('exitCode', 2);
      expect((error as Error).message).to.contain(message);
    });
});

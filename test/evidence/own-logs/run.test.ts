import { expect } from 'chai';
import { OWN_FORMATS } from '../../../tools/command/report/own-logs';
import { contentOf, queued, replayOf, run, type Delivered } from './logs';

const BURST = 'rules/twilio/twilio_message_block_burst.yml';
const CHAIN = 'rules/twilio/twilio_control_change_then_block_burst.yml';

/** A message an hour for four days, each to another block. */
const quiet = (): Delivered[] => Array.from({ length: 97 }, (_, hour) => queued(hour * 60, `+4915${1000 + hour}0000`));

describe("the pack on one's own logs", () => {
  it('gives the episodes, their rate with its exact interval, and what came nearest', async () => {
    const { rules, totals } = await replayOf(contentOf(BURST), [...quiet(), ...run(600, 60, '+9940001')]);
    const [burst] = rules;
    expect(burst).to.include({ records: 157, matched: 157, episodes: 1, sends: 157 });
    expect(burst!.days).to.be.closeTo(4, 0.001);
    expect(burst!.perDay).to.be.closeTo(0.25, 0.001);
    // Garwood's limits of one event: 0.02532 and 5.5716.
    expect(burst!.interval[0]).to.be.closeTo(0.02532 / 4, 0.0001);
    expect(burst!.interval[1]).to.be.closeTo(5.5716 / 4, 0.001);
    expect(burst!.nearness).to.be.greaterThan(1);
    expect(totals).to.include({ episodes: 1 });
  });

  it('shows an alert with its group and its first events, where they stand and what was read of them', async () => {
    const { rules } = await replayOf(contentOf(BURST), [...quiet(), ...run(600, 40, '+9940001')]);
    const [alert] = rules[0]!.alerts;
    expect(alert!.group['destination.block']).to.equal('+9940001');
    expect(alert!.events).to.equal(40);
    expect(alert!.first).to.have.length(3);
    expect(alert!.first[0]).to.deep.include({ time: '2026-08-03T10:00:00.000Z' });
    expect(alert!.first[0]!.place).to.deep.equal({ file: 'twilio.ndjson', line: 601 });
    expect(alert!.first[0]!.values).to.include({ 'destination.number': '+99400011000' });
  });

  it('says the same in whatever order the records come', async () => {
    const records = [...quiet(), ...run(600, 40, '+9940001')];
    const forward = await replayOf(contentOf(BURST), records);
    const backward = await replayOf(contentOf(BURST), [...records].reverse());
    const told = ({ rules }: typeof forward) =>
      rules.map(({ episodes, nearness, alerts }) => ({ episodes, nearness, starts: alerts.map(({ start }) => start) }));
    expect(told(backward)).to.deep.equal(told(forward));
  });

  it('judges a known bad period as a campaign, and leaves it out of the rate', async () => {
    const records = [...quiet(), ...run(600, 40, '+9940001')];
    const { incidents, rules } = await replayOf(contentOf(BURST), records, '2026-08-03T10:00Z/PT1H');
    expect(rules[0]).to.include({ episodes: 0 });
    expect(rules[0]!.days).to.be.closeTo(4 - 1 / 24, 0.001);
    expect(rules[0]!.incidents).to.deep.equal([
      { incident: 0, outcome: 'caught', seconds: rules[0]!.incidents[0]!.seconds },
    ]);
    const [incident] = incidents;
    // The threshold's number comes a tenth of a minute after the one before.
    expect(incident).to.deep.include({ caught: true, source: 'twilio.messaging' });
    expect(incident!.first!.seconds).to.equal(rules[0]!.incidents[0]!.seconds);
    expect(incident!.whole.messages).to.equal(41);
    expect(incident!.untilAlert.messages).to.be.lessThan(41);
    // Forty messages to Azerbaijan, of which the log has none otherwise, at $0.34.
    expect(incident!.whole.usd).to.be.closeTo(40 * 0.34, 0.2);
  });

  it('says that a period was missed, or that nothing was seen of it', async () => {
    const { incidents, rules } = await replayOf(
      contentOf(BURST),
      quiet(),
      '2026-08-03T10:00Z/PT1H',
      '2026-09-01T00:00Z/P1D',
    );
    expect(incidents.map(({ caught }) => caught)).to.deep.equal([false, false]);
    expect(rules[0]!.incidents.map(({ outcome }) => outcome)).to.deep.equal(['missed', 'blind']);
    expect(incidents[1]!.source).to.equal(null);
  });

  it('takes no alert for the catch that had begun before the period', async () => {
    const { rules } = await replayOf(
      contentOf(BURST),
      [...quiet(), ...run(600, 400, '+9940001')],
      '2026-08-03T10:20Z/PT1H',
    );
    expect(rules[0]!.incidents[0]!.outcome).to.equal('before');
    expect(rules[0]!.episodes).to.equal(0);
  });

  it('runs a count on those of its logs that are there, and a sequence on all or not at all', async () => {
    const { rules, notRun } = await replayOf(contentOf(BURST, CHAIN), quiet());
    expect(rules.map(({ name }) => name)).to.deep.equal(['Twilio messages to many numbers of one block']);
    expect(notRun.map(({ reason }) => reason)).to.deep.equal(['the logs have no records of twilio.monitor']);
  });

  it('refuses a query that looks further back than the logs', async () => {
    const query = 'queries/application/otp_country_volume.yml';
    const records = quiet().map((one): Delivered => ({ ...one, source: 'application.otp', record: otp(one) }));
    const { notRun, queries } = await replayOf(contentOf(query), records);
    expect(queries).to.deep.equal([]);
    expect(notRun[0]!.reason).to.match(/compares with the \d+ days before, and the logs cover 4$/);
  });

  it('writes every format with the alerts and what could not be run', async () => {
    const report = await replayOf(contentOf(BURST, CHAIN), [...quiet(), ...run(600, 40, '+9940001')]);
    for (const { print } of Object.values(OWN_FORMATS)) {
      const text = print(report);
      expect(text).to.include('9940001').and.to.include('Twilio messages to many numbers of one block');
      expect(text).to.include('no records of twilio.monitor');
    }
  });
});

function otp({ record }: Delivered): Delivered['record'] {
  const data = record['data'] as { timestamp: string; to: string };
  return {
    timestamp: data.timestamp,
    event: { action: 'otp_sent' },
    otp: { id: data.timestamp, purpose: 'login', channel: 'sms', attempt: 1 },
    destination: { number: data.to },
    service: { name: 'shop' },
  };
}

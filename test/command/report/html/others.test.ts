import { expect } from 'chai';
import { caughtSentences } from '../../../../tools/command/report/measured-independent';
import { measuredPage } from '../../../../tools/command/report/html/measurement';
import { ownPage } from '../../../../tools/command/report/html/own-logs';
import { tunePage } from '../../../../tools/command/report/html/tune';
import { emptyPicture } from '../../../../tools/evidence/own-logs/picture';
import { Redactor } from '../../../../tools/evidence/own-logs/redact';
import { contracts } from '../../../evidence/own-logs/logs';
import { expectWhole } from './page';
import { committed, ownRun, PAGES, sweep } from './pages';

const HOSTILE = `<img src=x onerror=alert(1)>"'&\u202e</title><script>`;

describe('pages of all kinds', () => {
  for (const [name, make] of Object.entries(PAGES))
    it(`${name}: is whole, and the same each time`, async () => {
      const page = await make();
      expectWhole(page);
      expect(await make()).to.equal(page);
    });
});

describe('the page of a measurement', () => {
  it('has the figures on independent scenarios beside those on our own, and every rule and query', () => {
    const results = committed();
    const page = measuredPage(results);
    for (const sentence of caughtSentences(results)) expect(page).to.contain(sentence);
    expect(page.indexOf('independently of the rules')).to.be.within(0, page.indexOf('alongside the rules'));
    expect(page.split('<article ')).to.have.length(results.detectors.length + 1);
    // Every one has its place, and what does not fit is told.
    const charts = page.slice(page.indexOf('<article ')).split('<svg').length - 1;
    expect(charts < results.detectors.length).to.equal(page.includes('would be larger than 1 MB'));
  });

  it('lets no text of content become markup', () => {
    const results = committed();
    Object.assign(results.detectors[0]!, { title: HOSTILE, path: HOSTILE, sources: [HOSTILE] });
    for (const { campaigns } of results.pack) Object.assign(campaigns[0]!, { scenario: HOSTILE });
    const page = measuredPage(results);
    expectWhole(page);
    expect(page).not.to.contain('<img');
  });
});

describe('the page of a sweep', () => {
  it('has for each parameter its curves, its values and what to do', () => {
    const page = tunePage(sweep());
    for (const title of ['Campaigns caught', 'Lost before the alert', 'False episodes a day', 'By the budget'])
      expect(page).to.contain(`<h3>${title}</h3>`);
    expect(page).to.contain('<desc id="chart-1-desc">By numbers: 5: 4, 10: 3, 200: 1. present 200. take 10.</desc>');
    expect(page).to.contain('Take 10 numbers instead of 200: $800 lost becomes $50.00');
    expect(page).to.contain('on seeds 4, which chose nothing');
    expect(page).to.contain('>budget 0.4</text>');
  });

  it('lets no text of content become markup, and does without a budget', () => {
    const [parameter] = sweep().parameters;
    const hostile = { ...parameter!, parameter: HOSTILE, description: HOSTILE, unit: HOSTILE, choice: null };
    const page = tunePage(sweep({ name: HOSTILE, path: HOSTILE, budget: null, parameters: [hostile] }));
    expectWhole(page);
    expect(page).not.to.contain('<img');
    expect(page).not.to.contain('By the budget');
    expect(page).to.contain('There is no budget, so none is chosen.');
  });
});

describe("the page of a replay on one's own logs", () => {
  it('has alerts against messages, values against the threshold, and what could not be run', async () => {
    const { report, picture } = await ownRun();
    const page = ownPage(report, picture);
    const { counts } = picture.traffic.get('twilio.messaging')!;
    expect(counts.reduce((sum, count) => sum + count, 0)).to.equal(217);
    expect(counts[10]).to.be.at.least(60);
    expect(picture.groups.get(report.rules[0]!.id)!.near).to.have.length(99);
    expect(page).to.contain('217 messages an hour (twilio.messaging). alerts: 1');
    expect(page).to.contain('in known incidents: 1');
    expect(page).to.contain('<h4>Values against the threshold</h4>');
    expect(page).to.contain('>Not run</h2>');
  });

  it('shows nothing of a record that was to be hidden', async () => {
    const { report, picture } = await ownRun();
    const hidden = new Redactor(Buffer.alloc(32, 1), contracts.values()).report(report);
    expect(ownPage(report, picture)).to.contain('+9940001');
    expect(ownPage(hidden, picture)).not.to.match(/\+99400011\d+|twilio\.ndjson/);
  });

  it('leaves out what a cluster does not tell, and says so', async () => {
    const { report } = await ownRun();
    const page = ownPage(report, emptyPicture());
    expectWhole(page);
    expect(page).not.to.contain('<svg');
    expect(page).to.contain('No time line: none of its sources shows messages.');
    expect(page).to.contain('No distribution of values');
  });

  it('lets no text of content or of records become markup', async () => {
    const { report, picture } = await ownRun();
    const [rule] = report.rules;
    const alerts = rule!.alerts.map((alert) => ({ ...alert, group: { [HOSTILE]: HOSTILE } }));
    const page = ownPage({ ...report, from: [HOSTILE], rules: [{ ...rule!, name: HOSTILE, alerts }] }, picture);
    expectWhole(page);
    expect(page).not.to.contain('<img');
  });
});

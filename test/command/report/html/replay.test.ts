import { expect } from 'chai';
import { markup } from '../../../../tools/command/report/html/html';
import { replayPage } from '../../../../tools/command/report/html/replay';
import { line, report } from '../sample';
import { expectWhole } from './page';
import { pictureFor } from './sample';

const HOSTILE = `<img src=x onerror=alert(1)>"'&\u202e</title><script>`;

describe('a template of a page', () => {
  it('escapes every text, also in attributes and lists, and what drives a terminal', () => {
    const made = markup`<p title="${HOSTILE}">${[HOSTILE, markup`<b>${HOSTILE}</b>`]}${null}${false}${0}</p>`.text;
    const text = '&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;\\u{202e}&lt;/title&gt;&lt;script&gt;';
    expect(made).to.equal(`<p title="${text}">${text}<b>${text}</b>0</p>`);
  });
});

describe('the page of a replay', () => {
  const one = report([line()], { queries: [line({ id: 'q', kind: 'query', name: 'A query' })] });
  const page = replayPage(one, pictureFor(one));

  it('is whole, and the same each time', () => {
    expectWhole(page);
    expect(replayPage(one, pictureFor(one))).to.equal(page);
  });

  it('has the summary first, then every detector with its charts', () => {
    const places = ['Summary', 'Campaigns', 'Coverage', 'Rules', 'Hunting queries'].map((title) =>
      page.indexOf(`>${title}</h2>`),
    );
    expect(places).to.deep.equal([...places].sort((a, b) => a - b));
    expect(places[0]).to.be.greaterThan(0);
    const titles = ['Alerts in shop', 'Benign values against the threshold', 'Time to detect', 'Money gone'];
    for (const title of titles) expect(page.split(`<h4>${title}</h4>`), title).to.have.length(3);
    expect(page).to.contain('1 of 3');
    expect(page).to.contain('margin ×2.9');
    expect(page).to.contain('1,200 with fewer events were not tried, of which none can reach more than 5 %');
  });

  it('says of each missed campaign why', () => {
    expect(page).to.contain('came to 63 % of the threshold');
    expect(page).to.contain('none of its sources shows it');
    expect(page).to.contain('nearest: Many numbers of one block, 63 % of its threshold');
  });

  it('shows in the matrix what the sources caught', () => {
    const matrix = page.slice(page.indexOf('<table class="matrix">'), page.indexOf('id="rules"'));
    expect(matrix).to.match(/leased-block-run<\/th>\s*<td class="c">✓<\/td>\s*<td class="c">1\/1/);
    expect(matrix).to.match(/low-and-slow<\/th>\s*<td class="m">×<\/td>\s*<td class="m">0\/1/);
    expect(matrix).to.match(/cognito-signup-flood<\/th>\s*<td class="b">–<\/td>/);
  });

  it('lets no text of content become markup', () => {
    const outcomes = line().outcomes.map((outcome) => ({ ...outcome, scenario: HOSTILE }));
    const specials = line().specials.map((special) => ({ ...special, scenario: HOSTILE }));
    const hostile = line({
      name: HOSTILE,
      path: HOSTILE,
      sources: [HOSTILE],
      level: HOSTILE,
      reasons: [HOSTILE],
      outcomes,
      specials,
    });
    const bad = report([hostile], { worlds: [HOSTILE], differences: [HOSTILE], leftOut: [HOSTILE] });
    const made = replayPage(bad, pictureFor(bad, [HOSTILE, HOSTILE, HOSTILE]));
    expectWhole(made);
    expect(made).not.to.contain('<img');
    expect(made).not.to.contain('\u202e');
    expect(made).to.contain('&lt;img src=x');
  });

  it('leaves out what it has no data of, and says so', () => {
    const bare = replayPage(one, null);
    expectWhole(bare);
    expect(bare).not.to.contain('<svg');
    expect(bare).to.contain('Charts are left out: what they show was not kept.');
    const picture = pictureFor(one);
    for (const [own] of picture.detectors.values()) Object.assign(own!, { groups: null, near: [] });
    const nothing = line({ outcomes: line().outcomes.filter(({ outcome }) => outcome === 'blind') });
    const made = replayPage(report([nothing]), picture);
    for (const what of ['No distribution of values', 'No time to detect', 'No money curve'])
      expect(made).to.contain(what);
  });

  it('stays below 1 MB, and says whose charts there was no room for', () => {
    const many = report(Array.from({ length: 150 }, (_, n) => line({ id: `r${n}`, name: `Rule ${n}` })));
    const made = replayPage(many, pictureFor(many));
    expectWhole(made);
    expect(made).to.contain('would be larger than 1 MB');
    expect(made).to.contain('<h4>Time to detect</h4>');
    expect(Buffer.byteLength(made)).to.be.greaterThan(900_000);
  });
});

import { expect } from 'chai';
import type { HuntQuery } from '../../../tools/detection/hunt/types';
import { cron } from '../../../tools/export/splunk/schedule';
import { splunk } from '../../../tools/export/splunk';
import type { WholeContent } from '../../../tools/export/target';
import { readConf } from './conf';
import { splunkContent } from './content';

const MINUTE = 60_000;

describe('the searches of queries for Splunk', function () {
  this.timeout(60_000);
  let content: WholeContent;
  before(() => (content = splunkContent()));

  /** The alert of a query of the repository with something changed, or why it is refused. */
  const alertOf = (name: string, more: Partial<HuntQuery> = {}): ReadonlyMap<string, string> => {
    const query = content.queries.find(({ file }) => file.endsWith(`/${name}.yml`))!;
    const { files, entries } = splunk({ ...content, rules: [], queries: [{ ...query, ...more }] });
    if (entries[0]!.exactness === 'refused') return new Map([['search', entries[0]!.differences.join(' ')]]);
    return readConf(files.get('tollgate/default/savedsearches.conf')!).get(`Tollgate - ${name} - Rule`)!;
  };

  it('take the run at the last tick and the one before, and tell what that did not find', () => {
    const search = alertOf('okta_unused').get('search')!;
    expect(search).to.include('| eval run=mvappend("before", "now")').and.to.include('- if(run="before", 300000, 0)');
    expect(search).to.include('| where run="now" AND isnull(earlier)');
    expect(search).to.include('window_from=strftime(');
  });

  it('find all and have no schedule where the query has none', () => {
    const alert = alertOf('okta_unused', { schedule: undefined });
    expect(alert.get('enableSched')).to.equal('0');
    expect(alert.get('search')).to.include('| eval run="now"').and.not.include('isnull(earlier)');
  });

  it('count what another selection has, too, by what both and either have', () => {
    const search = alertOf('okta_unused').get('search')!;
    expect(search).to.include('| eval verified=m_verified + m_verified_also - m_verified_any');
  });

  it('look limits up between the points of their curve', () => {
    const search = alertOf('web_unused').get('search')!;
    expect(search).to.include('| inputlookup append=true tollgate_curves').and.to.include('curve="count_limit ');
    expect(search.indexOf('filldown low_at')).to.be.lessThan(search.indexOf('filldown high_at'));
  });

  it('rank the values of several percentiles once, and interpolate', () => {
    const search = alertOf('okta_steady_client').get('search')!;
    expect(search.match(/eventstats/g)).to.have.length(1);
    expect(search).to.include('m_gap25_at=0.25 * (last_row - first_row)');
    expect(search).to.include('gap75=m_gap75_low + (m_gap75_high - m_gap75_low) * (m_gap75_at - floor(m_gap75_at))');
  });

  it('say where to look next with the values and the window of the result', () => {
    const { data } = JSON.parse(alertOf('okta_block_rush').get('action.notable.param.next_steps')!) as { data: string };
    expect(data).to.include('$destination_block$').and.to.include('$window_from$').and.not.match(/\{\w/);
  });

  it('refuse names that a search has itself, and schedules that cron has no words for', () => {
    const { measures } = content.queries.find(({ file }) => file.endsWith('/okta_unused.yml'))!;
    const refused = alertOf('okta_unused', { measures: { ...measures, tick: Object.values(measures)[0]! } }).get(
      'search',
    );
    expect(refused).to.match(/name tick is taken/);
    const odd = alertOf('okta_unused', { schedule: { everyMs: 7 * MINUTE, delayMs: 0 } }).get('search');
    expect(odd).to.match(/every 7 minutes/);
  });

  it('start at minutes of their own', () => {
    expect(cron(5 * MINUTE, 13)).to.equal('3-59/5 * * * *');
    expect(cron(60 * MINUTE, 75)).to.equal('15 * * * *');
    expect(cron(360 * MINUTE, 1)).to.equal('1 */6 * * *');
    expect(cron(1440 * MINUTE, 2)).to.equal('2 0 * * *');
  });
});

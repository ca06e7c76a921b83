import { expect } from 'chai';
import { splunk } from '../../../tools/export/splunk';
import { splunkContent } from './content';
import { expandedSearches, parseErrors } from './parse';
import { APPINSPECT, CLASSPATH, inspect } from './tools';

describe('the app for Splunk, by tools of others', function () {
  this.timeout(600_000);
  let files: Map<string, string>;
  before(() => ({ files } = splunk(splunkContent())));

  it('has no failure and no error in splunk-appinspect, which finds what is wrong with a changed one', function () {
    if (!APPINSPECT) return this.skip();
    const { summary, messages } = inspect(APPINSPECT, files);
    expect(summary, messages.join('\n')).to.include({ error: 0, failure: 0, future_failure: 0 });
    const path = 'tollgate/default/app.conf';
    const changed = inspect(
      APPINSPECT,
      new Map([...files, [path, files.get(path)!.replace('id = tollgate', 'id = other')]]),
    );
    expect(changed.summary['failure']).to.be.greaterThan(0);
  });

  it('has searches that a grammar of SPL takes, which refuses wrong ones', function () {
    if (!CLASSPATH) return this.skip();
    const searches = expandedSearches(files);
    const errors = parseErrors(
      CLASSPATH,
      searches.map(({ search }) => search),
    );
    const wrong = errors.map((error, index) => (error === '' ? '' : `${searches[index]!.name}: ${error}`));
    expect(wrong.filter((one) => one !== '')).to.deep.equal([]);
    const bad = [
      'index=a | stats count BY | where',
      'index=a | eval a=if(b, 1',
      'index=a | where a="',
      'index=a | lookup t OUTPUT',
    ];
    for (const [index, error] of parseErrors(CLASSPATH, bad).entries()) expect(error, bad[index]).to.not.equal('');
  });
});

import { expect } from 'chai';
import { codePointGlob } from '@tollgate/sigma/memory/code-points';
import { parsePattern } from '@tollgate/sigma/rules/pattern';
import { splunk } from '../../../tools/export/splunk';
import { conf, prose, withoutTokens } from '../../../tools/export/splunk/conf';
import { arithmetic } from '../../../tools/export/splunk/formula';
import { predicate } from '../../../tools/export/splunk/predicate';
import { identifier, matches, number, text, wholePattern } from '../../../tools/export/splunk/spl';
import { detection, equals, NOTHING, SHOP, test } from '../fixture';
import { oddTexts } from '../odd-texts';
import { readConf } from './conf';
import { parseErrors } from './parse';
import { tokensOf, textConstants } from './tokens';
import { CLASSPATH } from './tools';

const isSayable = (value: string) => !value.includes('\0');

describe('what is printed for Splunk', function () {
  this.timeout(120_000);

  it('is read as the constant that it was, whatever is in it', () => {
    const texts = oddTexts(2000, 1).filter(isSayable);
    const search = `\`m\` | eval ${texts.map((value, index) => `c${index}=${text(value)}`).join(', ')}`;
    expect(textConstants(search)).to.deep.equal(texts);
    expect(() => text('half \ud800')).to.throw(/half a character/);
    expect(() => text('nul\0')).to.throw(/character 0/);
  });

  it('has nothing in a search that means something to macros, tokens or a file', () => {
    for (const value of oddTexts(2000, 2).filter(isSayable)) {
      const written = text(value);
      expect(written, JSON.stringify(value)).to.match(/^(urldecode\()?"[ -~]*"\)?$/);
      expect(written.replace(/^(urldecode\()?"|"\)?$/g, '')).to.not.match(/["\\`$'\n]/);
    }
  });

  it('compares with the same constant in a rule, out of the file of searches', () => {
    const texts = oddTexts(300, 3).filter((value) => isSayable(value) && value !== '');
    const rules = texts.map((value, n) => detection(`odd_${n}`, equals('action', value, true)));
    const { files, entries } = splunk({ ...NOTHING, rules });
    expect(entries.every(({ exactness }) => exactness === 'exact')).to.equal(true);
    const searches = readConf(files.get('tollgate/default/savedsearches.conf')!);
    for (const [n, value] of texts.entries()) {
      const search = searches.get(`Tollgate - odd_${n} - Rule`)!.get('search')!;
      const where = /\| where coalesce\(x_action, ""\)=(.*)/.exec(search)![1]!;
      expect(textConstants(where), JSON.stringify(value)).to.deep.equal([value]);
    }
  });

  it('is taken by a grammar of SPL, whatever is in it', function () {
    if (!CLASSPATH) return this.skip();
    const searches = oddTexts(300, 4)
      .filter((value) => isSayable(value) && value !== '')
      .map((value) => `index=main | where ${predicate(SHOP, equals('action', value))}`);
    const wrong = parseErrors(CLASSPATH, searches).map((error, n) => (error === '' ? '' : `${searches[n]!}: ${error}`));
    expect(wrong.filter((one) => one !== '')).to.deep.equal([]);
  });

  it('says patterns by expressions that match as memory does', () => {
    const [patterns, texts] = [oddTexts(1500, 5), oddTexts(1500, 6)];
    let matched = 0;
    for (const [index, pattern] of patterns.entries()) {
      const parts = parsePattern(pattern);
      const expression = new RegExp(wholePattern(parts, true).replace(/^\(\?s\)/, ''), 'su');
      const near = pattern.replace(/[*?]/g, (wild) => (wild === '*' ? texts[index]! : 'x'));
      for (const value of [texts[index]!, near]) {
        expect(expression.test(value), JSON.stringify([pattern, value])).to.equal(codePointGlob(parts)(value));
        if (expression.test(value)) matched++;
      }
    }
    expect(matched).to.be.greaterThan(500);
  });

  it('folds letters beyond ASCII by itself', () => {
    expect(matches('a', ['Buy'], false)).to.equal('lower(a)="buy"');
    expect(matches('a', ['Buy'], true)).to.equal('a="Buy"');
    expect(textConstants(matches('a', ['Käufe'], false))).to.deep.equal(['(?is)^K(?:ä|Ä)ufe(?!.)']);
    expect(matches('a', ['Käufe'], true)).to.equal('a=urldecode("K%C3%A4ufe")');
    const two = test({ kind: 'ref', field: 'action', other: 'shop', match: 'equals', cased: false });
    expect(predicate(SHOP, two)).to.include('lower(coalesce(x_action, ""))=lower(coalesce(x_shop, ""))');
  });

  it('says what is true of an event without the field, and never null', () => {
    expect(predicate(SHOP, test({ kind: 'number', field: 'tries', op: 'gte', value: 3 }))).to.equal(
      'if(x_tries>=3, 1, 0)=1',
    );
    expect(predicate(SHOP, { op: 'not', expr: equals('action', 'buy') })).to.equal(
      'NOT (lower(coalesce(x_action, ""))="buy")',
    );
    expect(predicate(SHOP, equals('labels', 'a'))).to.equal('isnotnull(mvfilter(lower(x_labels)="a"))');
    expect(() => predicate(SHOP, equals('action', ''))).to.throw(/counts as absent/);
    expect(() => predicate(SHOP, test({ kind: 'number', field: 'labels', op: 'eq', value: 1 }))).to.throw(/is a list/);
  });

  it('writes numbers that any reader takes, and refuses names that none does', () => {
    for (const value of [0, 1, -1, 0.5, -0.25, 1e21, 1e-7, 1_754_186_400_123]) {
      const written = number(value);
      expect(tokensOf(written).every(({ kind }) => kind === 'word' || kind === 'mark')).to.equal(true);
      const [, digits] = /^\(0 - ([\d.]+)\)$/.exec(written) ?? [];
      expect(digits === undefined ? Number(written) : -Number(digits)).to.equal(value);
    }
    for (const name of ['', 'a b', 'a.b', '1a', 'AND', 'by', 'ä', 'a"', '_time'])
      expect(() => identifier(name), name).to.throw(/takes no field/);
  });

  it('divides and compares with null as SQL does', () => {
    const column = (name: string) => ({ op: 'column' as const, name });
    expect(arithmetic({ op: '/', left: column('a'), right: column('b') })).to.equal('if(b=0, null(), a / b)');
    const less = { op: '<' as const, left: column('a'), right: column('b') };
    expect(arithmetic({ op: 'not', formula: less })).to.equal(
      'if(if(a >= b, 1, 0)=1, 1, if(if(a < b, 1, 0)=1, 0, null()))',
    );
  });

  it('keeps titles and descriptions in their lines, with no setting, stanza or token beside', () => {
    const odd = ['[default]', 'a\\', 'x\ndisabled = 0', '# a', '$result.secret$', ...oddTexts(150, 7)].filter(
      (one) => prose(one) !== '',
    );
    const rules = odd.map((title, n) => detection(`odd_${n}`, equals('action', 'buy'), { title, description: title }));
    const plain = splunk({ ...NOTHING, rules: [detection('odd_0', equals('action', 'buy'))] });
    const keys = [
      ...readConf(plain.files.get('tollgate/default/savedsearches.conf')!).get('Tollgate - odd_0 - Rule')!.keys(),
    ];
    const searches = readConf(splunk({ ...NOTHING, rules }).files.get('tollgate/default/savedsearches.conf')!);
    expect([...searches.keys()]).to.deep.equal(odd.map((_, n) => `Tollgate - odd_${n} - Rule`));
    for (const [n, title] of odd.entries()) {
      const settings = searches.get(`Tollgate - odd_${n} - Rule`)!;
      expect([...settings.keys()]).to.deep.equal(keys);
      expect(settings.get('action.correlationsearch.label')).to.equal(`Tollgate - ${prose(title)}`);
      expect(settings.get('description')).to.equal(prose(`${title}. ${title}`));
      const finding = settings.get('action.notable.param.rule_title')!;
      expect(finding.startsWith(withoutTokens(title))).to.equal(true);
      expect(finding.slice(withoutTokens(title).length)).to.match(/^: (\w+ \$\w+\$(, )?)+$/);
    }
  });

  it('reads a file of several lines as it was written', () => {
    const settings = { search: '`m`\n| where a="b"\n| table a', disabled: 1 };
    const read = readConf(
      conf([
        { name: 'One - Rule', settings },
        { name: 'two', settings: { x: 'y' } },
      ]),
    );
    expect([...read.keys()]).to.deep.equal(['One - Rule', 'two']);
    expect(read.get('One - Rule')!.get('search')!.replaceAll(' \n', '\n')).to.equal(settings.search);
  });
});

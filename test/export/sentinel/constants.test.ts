import { expect } from 'chai';
import { load } from 'js-yaml';
import { codePointGlob } from '@tollgate/sigma/memory/code-points';
import { parsePattern } from '@tollgate/sigma/rules/pattern';
import { sentinel } from '../../../tools/export/sentinel';
import { identifier, text, wholePattern } from '../../../tools/export/sentinel/kql';
import { predicate } from '../../../tools/export/sentinel/predicate';
import { detection, equals, NOTHING, SHOP, test } from '../fixture';
import { oddTexts } from '../odd-texts';
import { Database, textConstants } from './kusto';

describe('what is printed for Sentinel', function () {
  this.timeout(120_000);

  it('is read as the constant that it was, whatever is in it', () => {
    const texts = oddTexts(600, 1);
    const query = `print ${texts.map((value, index) => `c${index} = ${text(value)}`).join(', ')}`;
    expect(textConstants(query)).to.deep.equal(texts);
    expect(() => text('half \ud800')).to.throw(/half a character/);
  });

  it('compares with the same constant in a rule', () => {
    const texts = oddTexts(300, 2).filter((value) => value !== '');
    const tests = texts.map((value) => predicate(SHOP, equals('action', value, true)));
    expect(textConstants(`print action = "" | where ${tests.join(' or ')}`)).to.deep.equal(['', ...texts]);
  });

  it('names what it should, whatever is in the name', () => {
    const names = [...new Set(oddTexts(100, 3)), 'type', 'time', 'has', 'where', 'value', 'by', 'kind'].filter(
      (name) => name !== '',
    );
    const schema = names.map((_, index) => `n${index}: string`).join(', ');
    const database = new Database({ T: schema }, {});
    const query = `T | project ${names.map((name, index) => `${identifier(name)} = n${index}`).join(', ')}`;
    expect(database.bind(query)).to.deep.equal([]);
    expect(Object.keys(database.columns(query))).to.deep.equal(names);
  });

  it('says patterns by expressions that match as memory does', () => {
    const [patterns, texts] = [oddTexts(1500, 3), oddTexts(1500, 4)];
    let matches = 0;
    for (const [index, pattern] of patterns.entries()) {
      const parts = parsePattern(pattern);
      const expression = new RegExp(wholePattern(parts), 'su');
      const near = pattern.replace(/[*?]/g, (wild) => (wild === '*' ? texts[index]! : 'x'));
      for (const value of [texts[index]!, near]) {
        expect(expression.test(value), JSON.stringify([pattern, value])).to.equal(codePointGlob(parts)(value));
        if (expression.test(value)) matches++;
      }
    }
    expect(matches).to.be.greaterThan(500);
  });

  it('folds letters beyond ASCII, which the operators of Kusto do not', () => {
    expect(predicate(SHOP, equals('action', 'Buy'))).to.equal('action =~ "Buy"');
    expect(predicate(SHOP, equals('action', 'Käufe'))).to.include('matches regex "(?is)^Käufe$"');
    expect(predicate(SHOP, equals('action', 'Käufe', true))).to.equal('action == "Käufe"');
    const two = test({ kind: 'ref', field: 'action', other: 'shop', match: 'equals', cased: false });
    expect(predicate(SHOP, two)).to.include('tolower(action) == tolower(shop)');
  });

  it('has the same texts in YAML and in a template, where only what stands in brackets is an expression', () => {
    const odd = ['[concat("x")]', '[[x]]', '[x] y', 'a: b # "c"\n- d', ...oddTexts(100, 5)].filter(
      (one) => one.trim() !== '',
    );
    const rules = odd.map((title, n) =>
      detection(`odd_${n}`, equals('action', `x${title}`, true), { title, description: title }),
    );
    const { files } = sentinel({ ...NOTHING, rules });
    const { resources } = JSON.parse(files.get('arm/analytic-rules.json')!) as { resources: Resource[] };
    expect(resources).to.have.length(odd.length);
    for (const [n, title] of odd.entries()) {
      const yaml = load(files.get(`analytic-rules/odd_${n}.yaml`)!) as {
        name: string;
        description: string;
        query: string;
      };
      const { displayName, query } = resources[n]!.properties;
      expect(yaml.name).to.equal(title);
      expect(/^\[.*\]$/s.test(displayName) ? displayName.slice(1) : displayName).to.equal(title);
      expect(yaml.description).to.include(title);
      expect(yaml.query).to.equal(query);
    }
  });
});

interface Resource {
  properties: { displayName: string; query: string };
}

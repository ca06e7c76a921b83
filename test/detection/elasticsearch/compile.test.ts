import { expect } from 'chai';
import { compileQuery } from '@tollgate/sigma-elasticsearch/compile';
import { indexFor } from '../../../tools/detection/elasticsearch/run-index';
import { LONGEST_TEXT, untypedIndex } from '@tollgate/sigma-elasticsearch/mapping';
import { portionsOf } from '../../../tools/detection/elasticsearch/portions';
import type { Expr, Test } from '@tollgate/sigma/rules/plan';
import { fieldsOf } from '../../../tools/telemetry/contract';
import { CONTRACT } from './fields';

function compile(expr: Expr | Test): ReturnType<typeof compileQuery> {
  const whole: Expr = 'kind' in expr ? { op: 'test', test: expr } : expr;
  return compileQuery({ expr: whole, fields: [] }, fieldsOf(CONTRACT));
}

function pattern(field: string | null, parts: (string | '*' | '?')[], cased = false): Test {
  const wild = (part: string) =>
    part === '*' ? { wild: 'any' as const } : part === '?' ? { wild: 'one' as const } : part;
  return { kind: 'pattern', field, parts: parts.map(wild), cased };
}

const HOUR: Test = { kind: 'time', field: 'at', part: 'hour', op: 'lt', value: 6 };
const NAME: Test = pattern('name', ['a']);
const of = (test: Test): Expr => ({ op: 'test', test });

describe('compileQuery', () => {
  it('asks for literals, prefixes and patterns by the folded field, or the cased one', () => {
    expect(compile(pattern('name', ['ÉCOLE'])).query).to.deep.equal({ term: { 'name.folded': { value: 'école' } } });
    expect(compile(pattern('name', ['Ab'], true)).query).to.deep.equal({ term: { name: { value: 'Ab' } } });
    expect(compile(pattern('name', ['Ab', '*'])).query).to.deep.equal({ prefix: { 'name.folded': { value: 'ab' } } });
    expect(compile(pattern('name', [])).query).to.deep.equal({ term: { 'name.folded': { value: '' } } });
    expect(compile(pattern('count', ['1', '*'])).query).to.deep.equal({ prefix: { 'count.text': { value: '1' } } });
  });

  it('takes their meaning from the wildcards and backslashes of a literal', () => {
    const { query } = compile(pattern('name', ['*', 'a*b?c\\', '?']));
    expect(query).to.deep.equal({ wildcard: { 'name.folded': { value: '*a\\*b\\?c\\\\?' } } });
  });

  it('errs to more where it cannot be exact, and under `not` to fewer, so that the whole never misses an event', () => {
    expect(compile(HOUR)).to.deep.include({ bound: 'over', query: { exists: { field: 'at.text' } } });
    expect(compile({ op: 'not', expr: of(HOUR) })).to.deep.include({ bound: 'over', query: { match_all: {} } });
    expect(compile({ op: 'not', expr: { op: 'not', expr: of(HOUR) } }).query).to.deep.equal({
      exists: { field: 'at.text' },
    });
    const both: Expr = { op: 'and', all: [of(NAME), { op: 'not', expr: of(HOUR) }] };
    expect(compile(both)).to.deep.include({ bound: 'over', query: compile(NAME).query });
  });

  it('is exact for everything that the index can say', () => {
    const exact: Test[] = [
      NAME,
      { kind: 'regex', field: 'name', source: '^a+$', ignoreCase: true, multiline: false, dotAll: false },
      { kind: 'exists', field: 'name', present: true },
      { kind: 'null', field: 'name' },
      { kind: 'number', field: 'name', op: 'eq', value: 5 },
      { kind: 'number', field: 'count', op: 'lt', value: 5 },
      { kind: 'boolean', field: 'name', value: true },
      { kind: 'cidr', field: 'address', network: '192.0.2.0/24' },
      { kind: 'cidr', field: 'address', network: '::/0' },
    ];
    for (const test of exact) {
      expect(compile(test).bound, JSON.stringify(test)).to.equal('exact');
      expect(compile({ op: 'not', expr: of(test) }).bound, JSON.stringify(test)).to.equal('exact');
    }
  });

  it('is not exact where the index knows less than the record', () => {
    const over: Test[] = [
      HOUR,
      pattern(null, ['*', 'a', '*']),
      { kind: 'regex', field: 'name', source: '(a\\b-?)*', ignoreCase: false, multiline: false, dotAll: false },
      { kind: 'number', field: 'name', op: 'lt', value: 5 },
      { kind: 'cidr', field: 'name', network: '192.0.2.0/24' },
      { kind: 'ref', field: 'name', other: 'tags', match: 'equals', cased: false },
      { kind: 'exists', field: 'deep', present: true },
    ];
    for (const test of over) expect(compile(test).bound, JSON.stringify(test)).to.equal('over');
  });

  it('names what it asks, so that documents with ignored values there are judged in memory', () => {
    expect(compile(NAME)).to.deep.include({ asks: ['name.folded'], reads: ['name.folded'], odd: ['text'] });
    const inNetwork = compile({ kind: 'cidr', field: 'address', network: '192.0.2.0/24' });
    expect(inNetwork).to.deep.include({ asks: ['address.as_ip'], reads: [] });
    expect(compile({ kind: 'exists', field: 'name', present: false }).odd).to.deep.equal(['null', 'text']);
    // A string in a number's place is not folded in the index.
    expect(compile(pattern('count', ['a'])).reads).to.deep.equal(['count', 'count.text']);
  });

  it('finds nothing in a field that the contract lacks', () => {
    expect(compile(pattern('nowhere', ['a'])).query).to.deep.equal({ match_none: {} });
    expect(compile({ kind: 'null', field: 'nowhere' }).query).to.deep.equal({ match_all: {} });
  });
});

/** Of records without a contract. */
function untyped(test: Test): ReturnType<typeof compileQuery> {
  return compileQuery({ expr: of(test), fields: [] }, null);
}

describe('compileQuery, where nothing is known of the records', () => {
  it('is exact for keywords, presence, null, numbers and networks', () => {
    const queries: [Test, object][] = [
      [pattern(null, ['*', 'É', '*']), { wildcard: { 'tollgate.strings.folded': { value: '*é*' } } }],
      [{ kind: 'exists', field: 'a.b', present: true }, { term: { 'tollgate.names': { value: 'a.b' } } }],
      [{ kind: 'number', field: 'a', op: 'lt', value: 5 }, { range: { 'a.as_number': { lt: 5 } } }],
      [{ kind: 'cidr', field: 'a', network: 'fe80::/10' }, { term: { 'a.as_ip': 'fe80::/10' } }],
    ];
    for (const [test, query] of queries) expect(untyped(test)).to.deep.include({ bound: 'exact', query });
    expect(untyped({ kind: 'null', field: 'a' })).to.deep.include({ bound: 'exact', asks: ['a', 'tollgate.objects'] });
  });

  it('names the documents that Java would read otherwise', () => {
    expect(untyped({ kind: 'number', field: 'a', op: 'lt', value: 5 }).odd).to.include('number');
    expect(untyped({ kind: 'cidr', field: 'a', network: '::/0' }).odd).to.include('address');
    expect(untyped(pattern('a', ['😀'])).odd).to.include('letters');
    expect(untyped(pattern('a', ['b'])).odd).to.deep.equal(['shape', 'text']);
  });

  it('looks at every document for a field that can have no place in an index', () => {
    for (const field of ['', 'a..b', '_id', 'tollgate.n', 'a.folded', 'a*'])
      expect(untyped(pattern(field, ['x'])), field).to.deep.include({ bound: 'over', query: { match_all: {} } });
  });
});

describe('untypedIndex', () => {
  it('takes any record, and indexes the fields that are asked, in the forms that are asked', () => {
    const { mappings } = untypedIndex(new Set(['host', 'host.name.folded', 'a.b.as_ip', 'tollgate.names']));
    expect(mappings).to.include({ dynamic: false, subobjects: false });
    const properties = mappings?.properties ?? {};
    expect(properties).to.include.keys('host', 'host.name', 'a', 'a.b', 'tollgate.names');
    expect(properties['host']).to.deep.include({ index: true, fields: {} });
    expect(properties['host.name']).to.include({ index: false });
    expect(properties['host.name']?.fields).to.have.all.keys('folded');
    expect(properties['a']).to.deep.equal({ type: 'keyword', index: false, doc_values: false });
  });
});

describe('portionsOf', () => {
  const wildcard = (i: number) => ({ wildcard: { name: { value: `*${i}${'x'.repeat(90)}*` } } });
  const any = (count: number) => ({
    bool: { should: Array.from({ length: count }, (_, i) => wildcard(i)), minimum_should_match: 1 },
  });

  it('leaves a query as it is, or divides an `or` of very many patterns', () => {
    expect(portionsOf(any(100))).to.have.length(1);
    const portions = portionsOf({ bool: { should: [any(300), any(400)], minimum_should_match: 1 } });
    expect(portions.length).to.be.greaterThan(2);
    const inside = portions.flatMap((each) => ('bool' in each && each.bool.should) || each);
    expect(inside).to.deep.equal([...any(300).bool.should, ...any(400).bool.should]);
  });
});

describe('indexFor', () => {
  it('rejects what the contract lacks, and ignores what is too long or of another type', () => {
    const { mappings } = indexFor(CONTRACT);
    expect(mappings?.dynamic).to.equal('strict');
    expect(mappings?.properties?.['name']).to.include({ type: 'keyword', ignore_above: LONGEST_TEXT });
    expect(mappings?.properties?.['count']).to.include({ type: 'long', ignore_malformed: true, coerce: false });
    // The longest UTF-8 form of a UTF-16 unit, and Lucene's longest term.
    expect(LONGEST_TEXT * 3).to.be.at.most(32_766);
  });

  it('knows every field, but indexes only what a run needs', () => {
    const needs = { asked: new Set(['name.folded', 'address.as_ip']), columns: new Set(['count']) };
    const properties = indexFor(CONTRACT, needs).mappings?.properties ?? {};
    expect(properties).to.include.all.keys(Object.keys(fieldsOf(CONTRACT)));
    expect(properties['name']).to.deep.include({ index: false, doc_values: false });
    expect(properties['name']?.fields?.['folded']).to.include({ index: true, doc_values: false });
    expect(properties['address']?.fields).to.have.all.keys('as_ip');
    expect(properties['count']).to.include({ index: false, doc_values: true });
    expect(properties['count']?.fields).to.deep.equal({});
  });
});

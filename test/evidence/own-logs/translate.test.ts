import { expect } from 'chai';
import type { Query } from '@tollgate/sigma-elasticsearch/query';
import { Failure } from '../../../tools/foundation/content/failure';
import type { Place } from '../../../tools/evidence/own-logs/say';
import { translate, type FieldMeaning } from '../../../tools/evidence/own-logs/translate';

const place = (type: string, values: Place['values'] = null): Place => ({ field: `there.${type}`, type, values });

/** Fields are called after the types of the index fields that stand for them. */
function target(name: string): FieldMeaning {
  const [type, form] = name.split('.');
  if (type === 'derived') return { derived: { exists: { field: 'there.base' } } };
  if (type === 'lacking') throw new Failure(1, 'the index has no field for lacking');
  if (type === 'either') return { places: [place('keyword'), place('flattened')], folded: false, address: false };
  const values = type === 'slug' ? { gd_send_sms: 'sms-sent' } : null;
  return {
    places: [place(type === 'slug' ? 'keyword' : type!, values)],
    folded: form === 'folded',
    address: form === 'as_ip',
  };
}

const said = (query: Query) => translate(query, target);
const exists = (type: string): Query => ({ exists: { field: `there.${type}` } });

describe('a query in the names of an index that a platform fills', () => {
  it('asks a folded field in whatever case, as far as a cluster folds', () => {
    expect(said({ term: { 'keyword.folded': { value: 'signup' } } })).to.deep.equal({
      query: { term: { 'there.keyword': { value: 'signup', case_insensitive: true } } },
      exact: true,
    });
    expect(said({ wildcard: { 'keyword.folded': { value: '*/code' } } })).to.deep.equal({
      query: { wildcard: { 'there.keyword': { value: '*/code', case_insensitive: true } } },
      exact: true,
    });
    expect(said({ regexp: { 'keyword.folded': { value: 'a.b', flags: 'NONE' } } }).query).to.deep.equal({
      regexp: { 'there.keyword': { value: 'a.b', flags: 'NONE', case_insensitive: true } },
    });
    expect(said({ term: { 'keyword.folded': { value: 'größe' } } })).to.deep.equal({
      query: exists('keyword'),
      exact: false,
    });
  });

  it('asks a field in its own case where the plan does', () => {
    const query = { regexp: { keyword: { value: 'A.*', flags: 'INTERSECTION' } } };
    expect(said(query)).to.deep.equal({ query: { regexp: { 'there.keyword': query.regexp.keyword } }, exact: true });
  });

  it('asks truths and numbers as text where the index has them so, and as what they are where not', () => {
    for (const type of ['keyword', 'flattened', 'boolean'])
      expect(said({ term: { [type]: { value: 'false' } } }).query).to.deep.equal({
        term: { [`there.${type}`]: { value: 'false' } },
      });
    expect(said({ term: { long: { value: '200' } } }).query).to.deep.equal({
      term: { 'there.long': { value: '200' } },
    });
    expect(said({ term: { long: { value: 'two' } } })).to.deep.equal({ query: { match_none: {} }, exact: true });
    expect(said({ range: { long: { gte: 400 } } }).query).to.deep.equal({ range: { 'there.long': { gte: 400 } } });
  });

  it('asks a part of a flattened field for values and beginnings, and looks again at patterns and bounds', () => {
    expect(said({ prefix: { 'flattened.folded': { value: 'a' } } }).query).to.deep.equal({
      prefix: { 'there.flattened': { value: 'a', case_insensitive: true } },
    });
    for (const query of [
      { wildcard: { 'flattened.folded': { value: '*a' } } },
      { regexp: { flattened: { value: 'a', flags: 'NONE' } } },
      { range: { flattened: { gte: 5 } } },
    ] satisfies Query[])
      expect(said(query)).to.deep.equal({ query: exists('flattened'), exact: false });
  });

  it('asks an address for networks and whole addresses, and looks again at parts of its text', () => {
    expect(said({ term: { 'ip.as_ip': '192.0.2.0/24' } }).query).to.deep.equal({
      term: { 'there.ip': { value: '192.0.2.0/24' } },
    });
    expect(said({ term: { 'ip.folded': { value: '192.0.2.1' } } }).query).to.deep.equal({
      term: { 'there.ip': { value: '192.0.2.1' } },
    });
    expect(said({ term: { 'ip.folded': { value: 'cloudformation' } } }).query).to.deep.equal({ match_none: {} });
    expect(said({ prefix: { 'ip.folded': { value: '192.0.' } } })).to.deep.equal({ query: exists('ip'), exact: false });
  });

  it('looks again at texts that are taken apart into words', () => {
    expect(said({ term: { 'text.folded': { value: 'a b' } } })).to.deep.equal({ query: exists('text'), exact: false });
  });

  it("asks for the platform's own values, and refuses one that it has no word for", () => {
    expect(said({ term: { 'slug.folded': { value: 'gd_send_sms' } } })).to.deep.equal({
      query: { term: { 'there.keyword': { value: 'sms-sent' } } },
      exact: true,
    });
    expect(() => said({ term: { 'slug.folded': { value: 'limit_phone' } } })).to.throw(
      "nothing is known that stands for the value 'limit_phone' in there.keyword",
    );
  });

  it('asks each of the index fields that may hold a field', () => {
    expect(said({ exists: { field: 'either' } }).query).to.deep.equal({
      bool: { should: [exists('keyword'), exists('flattened')], minimum_should_match: 1 },
    });
  });

  it('finds more and never less where it is not exact, also within a not', () => {
    const unsure: Query = { range: { derived: { gte: 5 } } };
    expect(said(unsure)).to.deep.equal({ query: exists('base'), exact: false });
    expect(said({ bool: { must_not: [unsure] } })).to.deep.equal({ query: { match_all: {} }, exact: false });
    expect(said({ bool: { must_not: [{ bool: { must_not: [unsure] } }] } }).query).to.deep.equal(exists('base'));
    expect(said({ bool: { filter: [unsure, { term: { keyword: { value: 'x' } } }] } })).to.deep.equal({
      query: { bool: { filter: [exists('base'), { term: { 'there.keyword': { value: 'x' } } }] } },
      exact: false,
    });
  });

  it('refuses a field that the index lacks', () => {
    expect(() => said({ bool: { should: [{ exists: { field: 'lacking' } }], minimum_should_match: 1 } })).to.throw(
      Failure,
    );
  });
});

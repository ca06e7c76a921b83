import { expect } from 'chai';
import { documentOf, mapAt, textsAt } from '../../../tools/command/check/content';
import { isMap } from '@tollgate/sigma/values/map';
import { content, withCorrelation } from './content';

describe('the content that is checked', () => {
  it('gives the document of each of its rules', () => {
    const of = content({ rules: withCorrelation('', '') });
    const titles = of.sigma.map((one) => (documentOf(of, one).value as { title: string }).title);
    expect(titles).to.deep.equal(of.sigma.map(({ title }) => title));
    expect(titles).to.have.length(2);
    expect(() => documentOf({ ...of, rules: [] }, of.sigma[0]!)).to.throw('no document');
  });

  it('is looked into without errors where it has another form', () => {
    expect([{}, [], null, 'x'].map(isMap)).to.deep.equal([true, false, false, false]);
    expect(mapAt({ a: { b: 1 } }, 'a')).to.deep.equal({ b: 1 });
    for (const value of [{ a: [] }, {}, null]) expect(mapAt(value, 'a')).to.deep.equal({});
    expect(textsAt({ a: ['x', 1, 'y'] }, 'a')).to.deep.equal([
      { text: 'x', index: 0 },
      { text: 'y', index: 2 },
    ]);
    expect(textsAt({ a: 'x' }, 'a')).to.deep.equal([]);
  });
});

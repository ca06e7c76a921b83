import { expect } from 'chai';
import { detectionItems } from '../../../tools/command/check/detection-items';

describe('the items of a detection', () => {
  it('are its tests on fields, with each value and its path, also in lists of maps', () => {
    const section = {
      one: { 'a|contains|all': ['x', 'y'], b: 1 },
      two: [{ c: null }, 'a keyword'],
      words: { '|contains': 'a keyword' },
      condition: 'one or two',
    };
    const items = detectionItems(section, 'detection');
    expect(
      items.map(({ field, modifiers, values }) => [field, modifiers, values.map(({ value }) => value)]),
    ).to.deep.equal([
      ['a', ['contains', 'all'], ['x', 'y']],
      ['b', [], [1]],
      ['c', [], [null]],
    ]);
    expect(items[0]!.values[1]!.path).to.deep.equal(['detection', 'one', 'a|contains|all', 1]);
    expect(items[2]!.path).to.deep.equal(['detection', 'two', 0, 'c']);
  });

  it('are none where there is no map of selections', () => {
    for (const section of [undefined, null, 'text', ['x']]) expect(detectionItems(section, 'filter')).to.deep.equal([]);
  });
});

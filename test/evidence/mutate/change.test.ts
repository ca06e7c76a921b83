import { expect } from 'chai';
import { nearby } from '../../../tools/evidence/mutate/change';
import { replaced } from '../../../tools/foundation/content/replaced';
import { changedTrees, writtenTree } from '../../../tools/evidence/mutate/truth';
import { changedFormulas, readBy, writtenFormula } from '../../../tools/evidence/mutate/formula';
import { parseFormula } from '../../../tools/detection/hunt/formula';
import { parseCondition } from '@tollgate/sigma/rules/condition';
import type { BooleanTree } from '@tollgate/sigma/rules/plan';
import { Reporter } from '@tollgate/sigma/rules/reporter';
import { parseYaml } from '@tollgate/sigma/yaml/yaml';

describe('replaced', () => {
  const value = { list: ['a', 'b'], map: { 'x.y|gte': 1, z: null } };

  it('puts something else at a path, and leaves the value as it is', () => {
    const before = structuredClone(value);
    expect(replaced(value, ['map', 'x.y|gte'], () => 2)).to.deep.equal({ ...before, map: { 'x.y|gte': 2, z: null } });
    expect(value).to.deep.equal(before);
  });

  it('leaves out an entry or a key', () => {
    expect(replaced(value, ['list', 0], () => undefined)).to.have.deep.property('list', ['b']);
    expect(replaced(value, ['map', 'z'], () => undefined)).to.have.deep.property('map', { 'x.y|gte': 1 });
  });
});

describe('nearby', () => {
  it('is one beside a whole number, a hundredth beside a fraction', () => {
    expect([nearby(20), nearby(0), nearby(0.2), nearby(0.05)]).to.deep.equal([
      [19, 21],
      [-1, 1],
      [0.19, 0.21],
      [0.04, 0.06],
    ]);
  });
});

describe('the changes of a condition', () => {
  const changes = (text: string): string[] => {
    const leaves = new Map(
      ['a', 'b', 'c'].map((name) => [name, { op: 'test', test: name } satisfies BooleanTree<string>]),
    );
    const [document] = parseYaml('f.yml', 'a: b\n').documents;
    const tree = parseCondition<string>(text, leaves, new Set(), [], new Reporter(document!));
    return changedTrees(tree!).map((changed) => writtenTree(changed, (name) => name));
  };

  it('leave out a part, put or for and, turn a part round', () => {
    expect(changes('a and b')).to.have.members(['b', 'a', 'a or b', 'not a and b', 'a and not b']);
  });

  it('take a not away, and turn round what it stands before', () => {
    expect(changes('a and not b')).to.have.members([
      'not b',
      'a',
      'a or not b',
      'not a and not b',
      'a and b',
      'a and not not b',
    ]);
  });

  it('reach into parentheses', () => {
    expect(changes('a and (b or c)')).to.include.members(['a and c', 'a and (b and c)', 'a and (not b or c)']);
  });

  it('of one selection is its contrary', () => {
    expect(changes('a')).to.deep.equal(['not a']);
  });
});

describe('the changes of a formula', () => {
  const parsed = (text: string, wanted: 'truth' | 'number' = 'truth') => parseFormula(text, wanted).formula!;
  const changes = (text: string, wanted: 'truth' | 'number' = 'truth'): string[] =>
    changedFormulas(parsed(text, wanted)).map(writtenFormula);

  it('are those of its comparison, at the limit and turned round, and of its constant', () => {
    expect(changes('n >= 3')).to.have.members(['n > 3', 'n < 3', 'n >= 2', 'n >= 4']);
    expect(changes('n == $p')).to.deep.equal(['n != $p']);
  });

  it('leave out a part, put or for and, reach into each part', () => {
    expect(changes('a < $p and b > 1')).to.have.members([
      'b > 1',
      'a < $p',
      'a < $p or b > 1',
      'a <= $p and b > 1',
      'a >= $p and b > 1',
      'a < $p and b >= 1',
      'a < $p and b <= 1',
      'a < $p and b > 0',
      'a < $p and b > 2',
    ]);
  });

  it('turn arithmetic the other way', () => {
    expect(changes('a / 14', 'number')).to.have.members(['a * 14', 'a / 13', 'a / 15']);
    expect(changes('(a + b) * c', 'number')).to.have.members(['(a + b) / c', '(a - b) * c']);
  });

  it('are written so that they read as the same formula', () => {
    for (const text of [
      'not (a > 1 or b < 2)',
      'a - (b - c) > 1',
      '(a + b) / c > 1',
      '(a > 1 or b > 1) and c > 1',
      'a >= max(b - 1, $p) / 2',
    ]) {
      const formula = parsed(text);
      for (const each of [formula, ...changedFormulas(formula)])
        expect(parsed(writtenFormula(each)), writtenFormula(each)).to.deep.equal(each);
    }
  });

  it('reach into the arguments of a function', () => {
    expect(changes('max(a - b, 3)', 'number')).to.have.members(['max(a + b, 3)', 'max(a - b, 2)', 'max(a - b, 4)']);
    expect(readBy(parsed('a >= count_limit(b, $p, 0.1)'))).to.deep.equal(['a', 'b']);
  });

  it('know which measures they read', () => {
    expect(readBy(parsed('not (a > $p) and b / c < 1'))).to.deep.equal(['a', 'b', 'c']);
  });
});

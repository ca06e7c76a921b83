import { expect } from 'chai';
import { withoutDashes } from '../../tools/export/plan/dashes';
import { printPredicate } from '../../tools/export/plan/predicate';
import { contractsOf, rolesOf } from '../../tools/export/plan/contracts';
import { windowOf } from '../../tools/export/plan/window';
import { NotExportable } from '../../tools/export/target';
import type { Expr } from '@tollgate/sigma/rules/plan';
import { CONTRACTS, correlation, detection, DOOR, equals, SHOP, test } from './fixture';

const not = (expr: Expr): Expr => ({ op: 'not', expr });

describe('the plan of an export', () => {
  it('writes out the dashes that stand for one another', () => {
    const pattern = (parts: { wild: 'dash' }[] | string[]) =>
      test({ kind: 'pattern', field: 'action', parts, cased: false });
    expect(withoutDashes(not(pattern([{ wild: 'dash' }])))).to.deep.equal(
      not({ op: 'or', any: ['-', '/', '–', '—', '―'].map((dash) => pattern([dash])) }),
    );
    expect(() => withoutDashes(pattern(Array(5).fill({ wild: 'dash' })))).to.throw(
      NotExportable,
      'A value with so many dashes stands for more than 1024 texts.',
    );
  });

  it('prints a predicate in the words of a language, and knows below how many negations a test is', () => {
    const print = (expr: Expr) =>
      printPredicate(expr, {
        and: ' & ',
        or: ' | ',
        always: '1',
        never: '0',
        not: (inside) => `!${inside}`,
        test: (one, negated) => `${one.field}${negated ? '-' : '+'}`,
        either: (any) => (any.length === 3 ? 'three' : null),
      });
    const [a, b] = [equals('a', 'x'), equals('b', 'x')];
    expect(print({ op: 'and', all: [a, not({ op: 'or', any: [b, not(a)] })] })).to.equal('(a+ & !(b- | !a+))');
    expect(print({ op: 'and', all: [a] })).to.equal('a+');
    expect([print({ op: 'and', all: [] }), print({ op: 'or', any: [] })]).to.deep.equal(['1', '0']);
    expect(print({ op: 'or', any: [a, a, a] })).to.equal('three');
  });

  it('names the contracts of all sources, first that of the first, and the roles of one', () => {
    const [bought, entered] = [
      detection('bought', equals('action', 'bought')),
      detection('entered', equals('action', 'entered'), { logsource: DOOR.logsource }),
    ];
    const run = correlation('run', { rules: ['entered'] });
    const outer = correlation('outer', { type: 'temporal', rules: ['run', 'bought'], condition: { gte: 2 } });
    const content = {
      rules: [bought, entered, run, outer],
      queries: [],
      incidents: [],
      contracts: CONTRACTS,
      acts: new Map(),
    };
    const window = windowOf(outer, content);
    expect(contractsOf({ kind: 'episodes', window })).to.deep.equal([DOOR, SHOP]);
    expect(rolesOf({ ...SHOP, roles: { asset: 'shop', identity: 'nobody', destination: 'shop' } })).to.deep.equal([
      'shop',
    ]);
  });
});

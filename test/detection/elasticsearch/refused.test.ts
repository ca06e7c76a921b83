import { expect } from 'chai';
import { ElasticsearchEngine } from '../../../tools/detection/elasticsearch/engine';
import { MemoryEngine } from '../../../tools/detection/engine/memory-engine';
import type { EngineResult } from '../../../tools/detection/engine/execution';
import type { Expr, PatternPart } from '@tollgate/sigma/rules/plan';
import { CONTRACT } from './fields';
import { realNode, silent } from './node';

const LONG = 'q'.repeat(40_000);
const NAMES = ['aab', 'v1x', 'v9999', 'abab', LONG, 'a'.repeat(30), 'HALF \ud83d', 'whole 😀', '\u{16ea0}'];
const ANY: PatternPart = { wild: 'any' };

function name(...parts: PatternPart[]): Expr {
  return { op: 'test', test: { kind: 'pattern', field: 'name', parts, cased: false } };
}

function regex(source: string): Expr {
  const flags = { ignoreCase: false, multiline: false, dotAll: false };
  return { op: 'test', test: { kind: 'regex', field: 'name', source, ...flags } };
}

function nested(depth: number): Expr {
  let expr = name('v1x');
  for (let i = 0; i < depth; i++) expr = { op: 'not', expr: { op: 'and', all: [expr, regex('v')] } };
  return expr;
}

describe('What an index cannot say', () => {
  const node = realNode();
  let engine: ElasticsearchEngine;

  before(() => (engine = new ElasticsearchEngine(node(), new Map([[CONTRACT.id, CONTRACT]]))));
  after(() => engine?.close());

  async function both(expr: Expr): Promise<EngineResult> {
    const events = NAMES.map((text, n) => ({ n, source: CONTRACT.id, time: n, ingested: n, event: { name: text } }));
    const requests = [{ source: CONTRACT.id, plan: { expr, fields: ['name'] }, fields: ['name'] }];
    const indexed = await engine.execute('refused', events, requests, silent);
    const inMemory = await new MemoryEngine().execute('refused', events, requests, silent);
    expect(indexed.matches).to.deep.equal(inMemory.matches);
    return indexed;
  }

  const FOUND: [why: string, expr: Expr, names: string[]][] = [
    ['an expression with too many states', regex('^(a|b)*a(a|b){20}$'), ['a'.repeat(30)]],
    [
      'too many clauses',
      { op: 'or', any: Array.from({ length: 20_000 }, (_, i) => name(`v${i}`, ANY)) },
      ['v1x', 'v9999'],
    ],
    ['a pattern of many pieces', name(...Array.from({ length: 600 }, (_, i) => (i % 2 ? 'ab' : ANY))), []],
    ['a prefix that is too long', name(LONG, ANY), [LONG]],
    ['a literal that is too long', name(LONG), [LONG]],
    ['too deep a nesting', nested(60), ['v1x']],
    ['half a surrogate pair', name(ANY, 'half \ud83d'), ['HALF \ud83d']],
    ['half a character that stands alone', name(ANY, '\ud83d', ANY), ['HALF \ud83d']],
    ['a letter that Java may not know yet', name('\u{16ebb}'), ['\u{16ea0}']],
  ];
  for (const [why, expr, names] of FOUND) {
    it(`is checked in memory: ${why}`, async () => {
      const { matches, decidedAlone } = await both(expr);
      expect(matches[0]!.map(({ event }) => NAMES[event])).to.include.members(names);
      expect(decidedAlone).to.equal(0);
    });
  }
});

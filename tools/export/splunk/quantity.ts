import type { BooleanTree } from '@tollgate/sigma/rules/plan';
import type { CorrelationCondition } from '@tollgate/sigma/rules/model';
import type { Member, SlidingWindow } from '../plan/types';
import { NotExportable } from '../target';
import { columnOf } from './source';
import { number, ofRowBefore, sorted } from './spl';

/** Numbers that are no whole ones are added up as so many parts of one, so that what leaves takes away exactly what came. */
const SIX_DIGITS = 1_000_000;

/** In how many parts of one the values of a window are added up: 1 where all are whole numbers. */
export function partsOfOne({ members }: SlidingWindow): number {
  const isWhole = ({ of, values: [value = ''] }: Member) =>
    of.op === 'source' && columnOf(of.contract, value).type === 'long';
  return members.every(isWhole) ? 1 : SIX_DIGITS;
}

/**
 * The quantity wherever it changes, as rows of `run`, the group, `t`, `step` (1 where matches came, 0 where they only left) and `value`: each match, or each
 * unbroken run of matches of one value, enters with its time and leaves one millisecond after its last time and the timespan, so that a
 * running sum is exact at every time. What enters a group leaves it, so that the sum is none where the next group begins, and `accum`, which knows no
 * groups and has no limit, adds up all of them.
 */
export function sweepSteps(window: SlidingWindow, g: readonly string[]): string[] {
  const { quantity, timespanMs } = window;
  switch (quantity.kind) {
    case 'events':
      return [...moves(timespanMs, { d: '1' }), ...running(g, ['d'], 'd')];
    case 'distinct': {
      const values = window.members[0]!.values.map((_, index) => `v${index + 1}`);
      return [...stretches(window, g, values), ...running(g, ['d'], 'd')];
    }
    case 'rules': {
      const steps = stretches(window, g, ['rule']);
      if (quantity.expression === undefined) return [...steps, ...running(g, ['d'], 'd')];
      const all = Array.from({ length: quantity.rules }, (_, rule) => `d${rule}`);
      const sum = all.join(' + ');
      const value = `if(${sum} > 0 AND ${overRules(quantity.expression)}, ${sum}, null())`;
      return [
        ...steps,
        `| eval ${all.map((name, rule) => `${name}=if(rule=${rule}, d, 0)`).join(', ')}`,
        ...running(g, all, value),
      ];
    }
    case 'sum':
    case 'mean': {
      const parts = partsOfOne(window);
      const value = quantity.kind === 'sum' ? 'd' : 'd / n';
      return [
        ...moves(timespanMs, { d: 'v1', n: '1' }),
        ...running(g, ['d', 'n'], `if(n > 0, ${parts === 1 ? value : `${value} / ${parts}`}, null())`),
      ];
    }
    case 'percentile':
      throw new NotExportable(
        'A percentile has no difference that could be added up, and SPL has no windows by time without a limit.',
      );
    case 'ordered':
      throw new TypeError('an ordered correlation is a chain');
  }
}

/** What a condition asks of `value`, as 1 or 0; an expression over rules has been asked already, and has no value where it does not hold. */
export function met({ gt, gte, lt, lte, eq, neq, expression }: CorrelationCondition): string {
  const bounds = { '>': gt, '>=': gte, '<': lt, '<=': lte, '=': eq, '!=': neq };
  const written = Object.entries(bounds).flatMap(([op, bound]) =>
    bound === undefined ? [] : [`value ${op} ${number(Number(bound))}`],
  );
  if (expression !== undefined || written.length === 0) return 'if(isnotnull(value), 1, 0)';
  return `if(${written.join(' AND ')}, 1, 0)`;
}

/** Each row comes, and leaves again; `sums` is what it adds. */
function moves(timespanMs: number, sums: Readonly<Record<string, string>>): string[] {
  const added = Object.entries(sums).map(([name, value]) => `${name}=if(move="in", ${value}, 0 - ${value})`);
  return [
    '| eval move=mvappend("in", "out")',
    '| mvexpand move',
    `| eval step=if(move="in", 1, 0), t=if(move="in", t, t + ${timespanMs + 1}), ${added.join(', ')}`,
  ];
}

/** Each stretch of equal values without a gap comes and goes once; `steps` are the times between that count, too. */
function stretches({ timespanMs, everyStep }: SlidingWindow, g: readonly string[], by: readonly string[]): string[] {
  const keys = ['run', ...g, ...by];
  const kept = ['run', ...g, ...(by[0] === 'rule' ? by : [])];
  return [
    sorted(keys, ['t']),
    ofRowBefore('t', 'last_t', keys),
    `| eval enters=if(isnull(last_t) OR t - last_t > ${timespanMs}, 1, 0)`,
    '| accum enters AS stretch',
    `| stats min(t) AS t_in max(t) AS t_out${everyStep ? ' values(t) AS steps' : ''} BY ${kept.join(' ')} stretch`,
    `| eval move=mvappend("in", "out"${everyStep ? ', steps' : ''})`,
    '| mvexpand move',
    `| eval step=if(move="out", 0, 1), d=case(move="in", 1, move="out", 0 - 1, true(), 0), t=case(move="in", t_in, move="out", t_out + ${timespanMs + 1}, true(), tonumber(move))`,
  ];
}

function running(g: readonly string[], sums: readonly string[], value: string): string[] {
  const all = ['run', ...g];
  return [
    `| stats max(step) AS step ${sums.map((name) => `sum(${name}) AS ${name}`).join(' ')} BY ${all.join(' ')} t`,
    sorted(all, ['t']),
    ...sums.map((name) => `| accum ${name}`),
    `| eval value=${value}`,
  ];
}

function overRules(expression: BooleanTree<number>): string {
  switch (expression.op) {
    case 'and':
      return `(${expression.all.map(overRules).join(' AND ')})`;
    case 'or':
      return `(${expression.any.map(overRules).join(' OR ')})`;
    case 'not':
      return `NOT (${overRules(expression.expr)})`;
    case 'test':
      return `d${expression.test} > 0`;
  }
}

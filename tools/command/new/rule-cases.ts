import { parseTimespan } from '@tollgate/sigma/rules/timespan';
import type { Case } from '../../evidence/replay/case-events';
import { caseOf, type Some } from './case-events';
import type { DetectorDraft } from './draft';
import { settingFor, type Kind } from './variants';

/** The cases of a rule: it fires, stays quiet, nearly fires for each of its conditions, and at the edge of its window. */
export function ruleCases(draft: DetectorDraft, kind: Kind): Case[] {
  return draft.atLeast === 1 ? eventCases(draft, kind) : correlationCases(draft, kind);
}

/** Of a rule on single events. */
function eventCases({ where }: DetectorDraft, kind: Kind): Case[] {
  const off = where.map(({ field }) =>
    caseOf(kind, `One event with another ${field}`, 'near-miss', 0, [{ at: 0, choice: { off: field } }]),
  );
  const [first] = where;
  return present([
    caseOf(kind, 'One event', 'fires', 1, [{ at: 0 }]),
    caseOf(kind, 'Ten events of another kind', 'quiet', 0, [
      { at: 0, times: 10, every: 60_000, choice: first ? { off: first.field } : {} },
    ]),
    ...off,
  ]);
}

function correlationCases(draft: DetectorDraft, kind: Kind): Case[] {
  const { atLeast: n, where } = draft;
  const span = parseTimespan(draft.within)!;
  const what = draft.count === null ? 'events' : `different ${draft.count}`;
  const counted = draft.count === null ? {} : ({ counted: 'each' } as const);
  const one = draft.count === null ? {} : { counted: 1 };
  const each = (times: number, more: Partial<Some> & { choice?: Some['choice'] } = {}): Some => ({
    at: 0,
    times,
    every: stepOf(span, n),
    ...more,
    choice: { ...counted, ...more.choice },
  });
  const first = { at: 0, every: 1, times: n - 1, choice: counted };
  const varied = draft.groupBy.filter((field) => settingFor(kind, { ...counted, other: field }) !== null);
  const own = draft.groupBy.findLast((field) => settingFor(kind, { own: field }) !== null);
  // Together they would be enough.
  const more = draft.count === null ? {} : ({ counted: 'more' } as const);
  const half = Math.floor(n / 2);
  return present([
    caseOf(kind, `${n} ${what} in time`, 'fires', 1, [each(n)]),
    varied.length === 0
      ? null
      : caseOf(kind, `${n} ${what} in each of two groups`, 'fires', 2, [
          each(n),
          each(n, { choice: { other: varied.at(-1)! } }),
        ]),
    own === undefined
      ? caseOf(kind, 'One event', 'quiet', 0, [{ at: 0 }])
      : caseOf(kind, `${2 * n} events, each with another ${own}`, 'quiet', 0, [
          { at: 0, times: 2 * n, every: stepOf(span, 2 * n), choice: { own } },
        ]),
    caseOf(kind, `${n - 1} ${what}, one short`, 'near-miss', 0, [each(n - 1)]),
    draft.count === null
      ? null
      : caseOf(kind, `${n} events, but one ${draft.count} twice`, 'near-miss', 0, [
          each(n - 2),
          { at: 0, choice: one },
          { at: 1000, choice: one },
        ]),
    ...varied.map((field) =>
      caseOf(kind, `${n} ${what}, but of two of ${field}`, 'near-miss', 0, [
        each(half),
        each(n - half, { choice: { ...more, other: field } }),
      ]),
    ),
    ...where.map(({ field }) =>
      caseOf(kind, `${n} ${what}, but one has another ${field}`, 'near-miss', 0, [
        each(n - 1),
        { at: 0, choice: { ...one, off: field } },
      ]),
    ),
    caseOf(kind, 'The last exactly one timespan after the first', 'edge', 1, [first, { at: span, choice: one }]),
    caseOf(kind, 'The last one millisecond later than that', 'edge', 0, [first, { at: span + 1, choice: one }]),
  ]);
}

/** How far apart so many events are that they fit into half of a timespan. */
function stepOf(span: number, times: number): number {
  const step = Math.floor(span / 2 / times);
  return step >= 1000 ? Math.floor(step / 1000) * 1000 : Math.max(1, step);
}

/** Those that the source's records allow, none twice. */
export function present(cases: (Case | null)[]): Case[] {
  const found = cases.filter((one): one is Case => one !== null);
  return found.filter((one, index) => found.findIndex(({ name }) => name === one.name) === index);
}

import { curveName } from '../plan/curves';
import { fieldsTested } from '../plan/fields';
import type { Derived, Hunt } from '../plan/types';
import { NotExportable } from '../target';
import { arithmetic, holds } from './formula';
import { LOOKUPS } from './lookups';
import { selectionFlag, taken, within, type Taken } from './measure';
import { predicate } from './predicate';
import { recordSteps, type Shapes } from './records';
import { huntSchedule, LAG, RUN_AT } from './schedule';
import { columnOf, eachOf, present } from './source';
import { identifier, ofRowBefore, sorted, text } from './spl';

/** Fields that rows of a hunt have anyway. */
const TAKEN =
  /^(run|order|window_from|window_to|t|ts|ingested|tick|v|kept|counted|row|first_row|last_row|earlier|present|place|place_before|x|is_point|curve|low_at|low_value|high_at|high_value|point_at|point_value|g\d+|(is_|m_|x_).*)$/;

/**
 * The rows of a hunt that is run at the last tick: `run`, the group and the columns of the answer, filtered. A hunt with a schedule is also run at the tick
 * before, as a run of its own.
 */
export function huntSteps(hunt: Hunt, shapes: Shapes): string[] {
  const { by, columns, derived, measures } = hunt;
  const clash = [...columns, ...derived.map(({ name }) => name)].find((name) => TAKEN.test(name));
  if (clash !== undefined) throw new NotExportable(`The name ${clash} is taken by a field of the search.`);
  const g = by.map((_, index) => `g${index + 1}`);
  const group = ['run', ...g];
  const parts = measures.map((measure) => taken(hunt, group, measure));
  const counted = [...new Set(measures.map(({ of, over }) => `(${within(of, over)})`))];
  return [
    ...eventSteps(hunt, shapes, g),
    ...tickSteps(hunt),
    ...onceRanked(parts),
    `| eval present=if(${counted.join(' OR ')}, 1, 0)`,
    `| stats max(present) AS present ${parts.flatMap(({ terms }) => terms).join(' ')} BY ${group.join(' ')}`,
    '| where present=1',
    ...parts.flatMap(({ after }) => after),
    ...derived.flatMap(derivedSteps),
    `| where ${holds(hunt.filter)}`,
    `| fields ${[...group, ...columns.map(identifier)].join(', ')}`,
  ];
}

/** The steps on events of all measures; ranks that stand already are not taken again. */
function onceRanked(parts: readonly Taken[]): string[] {
  let standing = '';
  return parts.flatMap(({ ranks = [], before }) => {
    const isStanding = ranks.length === 0 || ranks.join('\n') === standing;
    if (ranks.length > 0) standing = ranks.join('\n');
    return [...(isStanding ? [] : ranks), ...before];
  });
}

/** Of the findings of two runs, those that the run before did not have. */
export function newFindingSteps({ by }: Hunt): string[] {
  const g = by.map((_, index) => `g${index + 1}`);
  return [
    '| eval order=if(run="before", 0, 1)',
    sorted(g, ['order']),
    ofRowBefore('run', 'earlier', g),
    '| where run="now" AND isnull(earlier)',
  ];
}

/** The window that a finding is of, as two fields of it. */
export const WINDOW = ['window_from', 'window_to'] as const;

/** The begin and the end of the window of this run, in milliseconds. */
export function windowOfRun(hunt: Hunt): [from: string, to: string] {
  const tick = tickOf(hunt);
  return [`${tick} - ${hunt.settleMs + hunt.windowMs}`, `${tick} - ${hunt.settleMs}`];
}

function tickOf({ windowMs, schedule }: Hunt): string {
  const every = schedule?.everyMs ?? windowMs;
  return `floor((${RUN_AT} - ${(schedule?.delayMs ?? 0) + LAG}) / ${every}) * ${every}`;
}

/** The records of the selections, a row for each group that they belong to. */
function eventSteps(hunt: Hunt, shapes: Shapes, g: readonly string[]): string[] {
  const { contract, by, measures, selections } = hunt;
  const groups = by.map((field) => columnOf(contract, field));
  const measured = measures.flatMap(({ field }) => field ?? []);
  const tested = selections.flatMap(({ source }) => fieldsTested(source.predicate));
  const flags = selections.map(({ name, source }) => ({
    name: selectionFlag(identifier(name)),
    test: predicate(contract, source.predicate),
  }));
  const kept = [...new Set(measured)].map((field) => columnOf(contract, field).name);
  return [
    ...recordSteps(contract, shapes, [...by, ...measured, ...tested]),
    `| where ts >= ${RUN_AT} - ${huntSchedule(hunt).periodMs}`,
    `| eval ${flags.map(({ name, test }) => `${name}=if(${test}, 1, 0)`).join(', ')}`,
    `| where ${flags.map(({ name }) => `${name}=1`).join(' OR ')}`,
    ...eachOf(groups),
    `| where ${groups.map(present).join(' AND ')}`,
    `| eval ${[...groups.map(({ name }, index) => `${g[index]!}=${name}`), 't=ts'].join(', ')}`,
    `| fields ${[...g, 't', 'ingested', 'info_max_time', ...flags.map(({ name }) => name), ...kept].join(', ')}`,
    '| fields - _raw, _time',
  ];
}

/** For each tick what had been indexed by then; `place` and `place_before` are 1 in the window and in the baseline, and 2 while these settle. */
function tickSteps(hunt: Hunt): string[] {
  const { windowMs, settleMs, baselineMs, schedule } = hunt;
  const every = schedule?.everyMs ?? windowMs;
  const delay = schedule?.delayMs ?? 0;
  const placed = (from: string, to: string) =>
    `case(t >= ${from} AND t < ${to}, 1, t >= ${to} AND t < ${to} + ${settleMs}, 2, true(), 0)`;
  return [
    `| eval run=${schedule ? 'mvappend("before", "now")' : '"now"'}`,
    '| mvexpand run',
    `| eval tick=${tickOf(hunt)} - if(run="before", ${every}, 0)`,
    `| eval place=${placed(`tick - ${settleMs + windowMs}`, `tick - ${settleMs}`)}, place_before=${placed(`tick - ${settleMs + windowMs + baselineMs}`, `tick - ${settleMs + windowMs}`)}`,
    `| where ingested <= tick + ${delay} AND (place > 0 OR place_before > 0)`,
  ];
}

/**
 * A column of a formula, or of a curve's value. A limit is that of the curve's first point that is not below, and interpolated and rounded up where more
 * than one lies between; beyond the last point the slope is one, so that no limit is too high. The points are put among the rows by their place, and
 * each row takes the last before it and the first behind it.
 */
function derivedSteps(step: Derived): string[] {
  const name = identifier(step.name);
  if (step.op === 'derive') return [`| eval ${name}=${arithmetic(step.formula)}`];
  const between = 'low_value + (x - low_at) / (high_at - low_at) * (high_value - low_value)';
  const value =
    step.curve.kind === 'upper95'
      ? `x!=floor(x), null(), high_at < 0, low_value + x - low_at, x=high_at, high_value, true(), ${between}`
      : `high_at < 0, ceiling(low_value + x - low_at), high_value - low_value <= 1, high_value, true(), ceiling(${between})`;
  return [
    `| inputlookup append=true ${LOOKUPS.curves}`,
    `| where isnull(curve) OR curve=${text(curveName(step.curve))}`,
    `| eval is_point=if(isnull(curve), 0, 1), x=if(is_point=1, tonumber(point_at), coalesce(${arithmetic(step.at)}, 0 - 1))`,
    '| eval low_at=if(is_point=1, x, null()), low_value=if(is_point=1, tonumber(point_value), null()), high_at=low_at, high_value=low_value',
    '| sort 0 num(x) num(is_point)',
    '| filldown low_at low_value',
    '| reverse',
    '| filldown high_at high_value',
    '| where is_point=0',
    '| fillnull value=0 low_at low_value',
    '| fillnull value=-1 high_at high_value',
    `| eval ${name}=case(x < 0, null(), ${value})`,
    '| fields - curve, point_at, point_value, is_point, x, low_at, low_value, high_at, high_value',
  ];
}

import { tupleKey } from '@tollgate/sigma/correlate/tuples';
import { both, either, without, type Query } from '@tollgate/sigma-elasticsearch/query';
import { measuredFields, type GroupIndex, type HuntGroup } from '../../detection/hunt/groups';
import type { HuntQuery } from '../../detection/hunt/types';
import { countRows, type CountQuestion } from './count-rows';
import { during } from './in-place';
import { numberIn, type IndexSource, type TimeSpan } from './index-source';
import { MatchedEvents } from './matched-events';
import type { GroupField } from './shape';
import { MOST_FETCHED, MOST_VALUES } from './limits';

/** A stretch of time in which matches are counted together is no shorter. */
const SHORTEST_MS = 60_000;
const LONGEST_MS = 600_000;

/** What a cluster counted for a query. */
export interface CountedGroups {
  index: GroupIndex;
  events: MatchedEvents;
  matched: number;
}

/**
 * The groups of a query with what the cluster counts of them, instead of their matches: the windows of its runs are made of stretches of
 * time of one length, and in one of these all matches of a group are alike to a count, and to a distinct count all that have one value.
 * Null where that would not be exact, or no less than the matches: for sums and the like, for what must be in two selections, for
 * fields with many values, and for groups that the cluster doesn't know.
 */
export async function countGroups(
  query: HuntQuery,
  source: IndexSource,
  selections: ReadonlyMap<string, Query>,
  span: TimeSpan,
): Promise<CountedGroups | null> {
  const groups = query.groupBy.map((name) => source.index.grouping(name));
  const stepMs = stepOf(query);
  if (stepMs < SHORTEST_MS || !groups.every((group): group is GroupField => group !== null)) return null;
  const questions = questionsOf(query, source, selections, groups);
  if (questions === null || !(await areFew(source, questions, span))) return null;
  const runs = runsOf(query);
  const index: GroupIndex = { groups: new Map(), excluded: 0 };
  const events = new MatchedEvents();
  const slots = measuredFields(query);
  let room = MOST_FETCHED;
  for (const { selection, field, counts, ...asked } of questions) {
    const rows = await countRows({ ...asked, source, stepMs, runs }, span, room);
    if (rows === null) return null;
    room -= rows.length;
    for (const { time, ingested, group, value, count } of rows) {
      const event = events.add(time, { file: source.shape.index, line: 0 });
      const values = slots.map((slot) => (slot === field ? value : null));
      const weight = counts === 'matches' ? count : 0;
      const holds = counts === 'records' ? count : 0;
      groupOf(index, query, group).events.push({ selection, event, time, ingested, values, weight, holds });
    }
  }
  const matching = both([during(span), either([...selections.values()])]);
  const grouped = both(query.groupBy.map((name) => source.index.present(name)));
  index.excluded = await source.count(both([matching, without(grouped)]));
  return { index, events, matched: await source.count(matching) };
}

/** A length of which all that a run's windows begin and end at are multiples (ms). */
function stepOf({ window, baselineMs, schedule }: HuntQuery): number {
  return shortened([window.defaultMs, window.settleMs, baselineMs, schedule?.everyMs ?? 0].reduce(commonOf));
}

/** The longest part of a length into which it can be divided, and that is short enough to tell late records from others (ms). */
function shortened(length: number): number {
  let parts = Math.ceil(length / LONGEST_MS);
  while (length % parts !== 0) parts++;
  return length / parts;
}

function commonOf(a: number, b: number): number {
  return b === 0 ? a : commonOf(b, a % b);
}

/** When the query is run, as `runsIn` has it, or more often. */
function runsOf({ window, schedule }: HuntQuery): CountQuestion['runs'] {
  if (schedule) return { everyMs: shortened(schedule.everyMs), offsetMs: schedule.delayMs };
  return { everyMs: shortened(window.defaultMs), offsetMs: window.settleMs };
}

interface Question extends Pick<CountQuestion, 'query' | 'groups' | 'value'> {
  selection: string;
  /** The field whose values are told apart. */
  field: string | null;
  /** What its rows count: a selection's matches, values of a field, or the records of a window, of which one may be in several selections. */
  counts: 'matches' | 'values' | 'records';
}

/** What has to be counted. */
function questionsOf(
  { measures }: HuntQuery,
  source: IndexSource,
  selections: ReadonlyMap<string, Query>,
  groups: GroupField[],
): Question[] | null {
  const questions = new Map<string, Question>();
  const inWindow = new Set<string>();
  for (const { how, field, of, also, over } of Object.values(measures)) {
    if ((how !== 'count' && how !== 'distinct') || also !== undefined) return null;
    const asked = { selection: of, query: selections.get(of)!, groups };
    questions.set(of, { ...asked, field: null, value: null, counts: 'matches' });
    if (over === 'window') inWindow.add(of);
    if (field === undefined) continue;
    const value = source.index.grouping(field);
    if (value === null || value.missing !== null) return null;
    questions.set(`${of} ${field}`, { ...asked, field, value: value.field, counts: 'values' });
  }
  const [selection] = inWindow;
  if (selection === undefined) return null;
  const query = either([...inWindow].map((name) => selections.get(name)!));
  return [...questions.values(), { selection, query, groups, field: null, value: null, counts: 'records' }];
}

/** Whether each field has few values. The cluster says about how many: that decides what is asked, and no result. */
async function areFew(source: IndexSource, questions: Question[], span: TimeSpan): Promise<boolean> {
  for (const { query, value } of questions) {
    if (value === null) continue;
    const aggregations = { values: { cardinality: { field: value } } };
    const answer = await source.search({ size: 0, query: both([during(span), query]), aggregations });
    if ((numberIn(answer.aggregations['values'], 'value') ?? Infinity) > MOST_VALUES) return false;
  }
  return true;
}

function groupOf(
  { groups }: GroupIndex,
  { groupBy }: HuntQuery,
  values: (string | number | bigint | boolean)[],
): HuntGroup {
  const key = tupleKey(values);
  let group = groups.get(key);
  if (!group)
    groups.set(key, (group = { values: Object.fromEntries(groupBy.map((name, i) => [name, values[i]!])), events: [] }));
  return group;
}

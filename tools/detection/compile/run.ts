import type { Event } from '@tollgate/sigma/values/event';
import { ElasticsearchEngine, type EngineOptions } from '../elasticsearch/engine';
import type { RunningNode } from '../elasticsearch/node/manage';
import { MemoryEngine } from '../engine/memory-engine';
import type { Match } from '@tollgate/sigma/correlate/match';
import type { MatchRequest, Progress, SourcedEvent } from '../engine/execution';
import type { ReadRule } from './rules';

/** What a run says of one rule. */
export interface RuleOutcome {
  /** How many events it matches. */
  matches: number;
  /** Who decided: Elasticsearch alone, or memory too, for hits or documents that the index could not judge. */
  decided: 'elasticsearch' | 'checked again';
}

export interface RunResult {
  /** For each of the rules; `null` for one without a plan. */
  outcomes: (RuleOutcome | null)[];
  events: number;
  /** Rules whose query the node did not take; memory decided them. */
  refusedByNode: ReadRule[];
  /** Rules and events (0-based) that one engine finds and the other does not. There must be none. */
  disagreements: { rule: ReadRule; event: number; onlyIn: 'elasticsearch' | 'memory' }[];
}

const SOURCE = 'events';

/**
 * Indexes records of which nothing is known, runs the query of every rule, and checks each rule's hits against the engine in
 * memory. `records` is called once for each engine. Throws a Failure (3) where a document was lost or the node is gone.
 */
export async function runRules(
  rules: readonly ReadRule[],
  records: () => Iterable<Event>,
  node: RunningNode,
  options: EngineOptions & { progress: Progress },
): Promise<RunResult> {
  const asked = rules.flatMap((rule) => (rule.rule === null ? [] : [{ rule, plan: rule.rule.plan }]));
  const requests = asked.map(({ plan }): MatchRequest => ({ source: SOURCE, plan, fields: [] }));
  const engine = new ElasticsearchEngine(node, new Map([[SOURCE, null]]), options);
  try {
    const indexed = await engine.execute('compile', sourced(records()), requests, options.progress);
    const inMemory = await new MemoryEngine().execute('compile', sourced(records()), requests, options.progress);
    const outcomes = new Map(
      asked.map(({ rule }, i): [ReadRule, RuleOutcome] => {
        const decided = indexed.decisions[i] === 'alone' ? 'elasticsearch' : 'checked again';
        return [rule, { matches: indexed.matches[i]!.length, decided }];
      }),
    );
    return {
      outcomes: rules.map((rule) => outcomes.get(rule) ?? null),
      events: indexed.events[SOURCE]?.indexed ?? 0,
      refusedByNode: asked.filter((_, i) => indexed.decisions[i] === 'refused').map(({ rule }) => rule),
      disagreements: asked.flatMap(({ rule }, i) => [
        ...missing(indexed.matches[i]!, inMemory.matches[i]!, rule, 'elasticsearch'),
        ...missing(inMemory.matches[i]!, indexed.matches[i]!, rule, 'memory'),
      ]),
    };
  } finally {
    await engine.close();
  }
}

function missing(
  found: Match[],
  other: Match[],
  rule: ReadRule,
  onlyIn: 'elasticsearch' | 'memory',
): RunResult['disagreements'] {
  const known = new Set(other.map(({ event }) => event));
  return found.filter(({ event }) => !known.has(event)).map(({ event }) => ({ rule, event, onlyIn }));
}

/** Nothing is known of their time either; their order stands for it. */
function* sourced(records: Iterable<Event>): Generator<SourcedEvent> {
  let n = 0;
  for (const event of records) {
    yield { n, source: SOURCE, time: n, ingested: n, event };
    n++;
  }
}

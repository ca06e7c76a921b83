import { scalarReader, type Event } from '@tollgate/sigma/values/event';
import { version } from '../../../package.json';
import type { Engine, EngineResult, MatchRequest, Progress, SourceCount, SourcedEvent } from './execution';
import type { Match } from '@tollgate/sigma/correlate/match';
import type { Plan } from '@tollgate/sigma/rules/plan';
import { ManyPlans } from '@tollgate/sigma/memory/many';

/** How many events pass between two reports of progress. */
const PROGRESS_EVERY = 10_000;

/** The plans of one source, each with all requests that asked for it. */
interface Asked {
  plans: ManyPlans;
  requests: { number: number; values: (event: Event) => Match['values'] }[][];
}

/** Executes plans in this process, holding no event: memory grows with the matches only. */
export class MemoryEngine implements Engine {
  readonly name = 'memory';
  readonly version = version;

  execute(
    _run: string,
    events: Iterable<SourcedEvent>,
    requests: MatchRequest[],
    progress: Progress,
  ): Promise<EngineResult> {
    const matches: Match[][] = requests.map(() => []);
    const result = this.stream(events, requests, progress, (request, match) => matches[request]!.push(match));
    for (const list of matches) list.sort((a, b) => a.time - b.time || a.event - b.event);
    return Promise.resolve({ ...result, matches });
  }

  stream(
    events: Iterable<SourcedEvent>,
    requests: MatchRequest[],
    progress: Progress,
    take: (request: number, match: Match) => void,
  ): Omit<EngineResult, 'matches'> {
    const bySource = share(requests);
    const counts: Record<string, SourceCount> = Object.fromEntries(
      [...bySource.keys()].map((source) => [source, { expected: 0, indexed: 0 }]),
    );
    let done = 0;
    for (const { n, source, time, ingested, event } of events) {
      const count = (counts[source] ??= { expected: 0, indexed: 0 });
      count.expected++;
      count.indexed++;
      const asked = bySource.get(source);
      for (const plan of asked?.plans.matching(event) ?? [])
        for (const { number, values } of asked!.requests[plan]!)
          take(number, { event: n, time, ingested, values: values(event) });
      if (++done % PROGRESS_EVERY === 0) progress.update('matching', done);
    }
    progress.update('matching', done, done);
    return { events: counts, decidedAlone: requests.length };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** Source → its plans, equal ones once. */
function share(requests: MatchRequest[]): Map<string, Asked> {
  const bySource = new Map<string, Map<string, { plan: Plan; requests: Asked['requests'][number] }>>();
  for (const [number, { source, plan, fields }] of requests.entries()) {
    const plans = bySource.get(source) ?? new Map<string, { plan: Plan; requests: Asked['requests'][number] }>();
    bySource.set(source, plans);
    const key = JSON.stringify(plan.expr);
    const shared = plans.get(key) ?? { plan, requests: [] };
    plans.set(key, shared);
    const readers = fields.map(scalarReader);
    shared.requests.push({ number, values: (event) => readers.map((read) => read(event)) });
  }
  return new Map(
    [...bySource].map(([source, shared]) => {
      const all = [...shared.values()];
      return [
        source,
        { plans: new ManyPlans(all.map(({ plan }) => plan)), requests: all.map(({ requests: each }) => each) },
      ];
    }),
  );
}

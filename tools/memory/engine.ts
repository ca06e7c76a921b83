import { scalarAt } from '../content/event';
import { version } from '../../package.json';
import type {
  Engine,
  EngineResult,
  Match,
  MatchRequest,
  Progress,
  SourceCount,
  SourcedEvent,
} from '../sigma/execution';
import type { Plan } from '../sigma/plan';
import { ManyPlans } from './many';

/** How many events pass between two reports of progress. */
const PROGRESS_EVERY = 10_000;

/** The plans of one source, each with all requests that asked for it. */
interface Asked {
  plans: ManyPlans;
  requests: { fields: string[]; matches: Match[] }[][];
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
    const bySource = share(requests, matches);
    const counts: Record<string, SourceCount> = Object.fromEntries(
      [...bySource.keys()].map((source) => [source, { expected: 0, indexed: 0 }]),
    );
    let done = 0;
    for (const event of events) {
      const count = (counts[event.source] ??= { expected: 0, indexed: 0 });
      count.expected++;
      count.indexed++;
      const asked = bySource.get(event.source);
      for (const plan of asked?.plans.matching(event.event) ?? []) {
        for (const request of asked!.requests[plan]!) {
          const values = request.fields.map((field) => scalarAt(event.event, field));
          request.matches.push({ event: event.n, time: event.time, ingested: event.ingested, values });
        }
      }
      if (++done % PROGRESS_EVERY === 0) progress.update('matching', done);
    }
    progress.update('matching', done, done);
    for (const list of matches) list.sort((a, b) => a.time - b.time || a.event - b.event);
    return Promise.resolve({ matches, events: counts, decidedAlone: requests.length });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** Source → its plans, equal ones once. */
function share(requests: MatchRequest[], matches: Match[][]): Map<string, Asked> {
  const bySource = new Map<string, Map<string, { plan: Plan; requests: Asked['requests'][number] }>>();
  for (const [index, { source, plan, fields }] of requests.entries()) {
    const plans = bySource.get(source) ?? new Map<string, { plan: Plan; requests: Asked['requests'][number] }>();
    bySource.set(source, plans);
    const key = JSON.stringify(plan.expr);
    const shared = plans.get(key) ?? { plan, requests: [] };
    plans.set(key, shared);
    shared.requests.push({ fields, matches: matches[index]! });
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

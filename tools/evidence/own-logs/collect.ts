import { scalarAt, scalarReader, type Event } from '@tollgate/sigma/values/event';
import { durationMs } from '../../telemetry/duration';
import { MatchSorter } from '../../detection/match/sorter';
import { ManyPlans } from '@tollgate/sigma/memory/many';
import type { MatchStore } from '../replay/matches';
import type { Match } from '@tollgate/sigma/correlate/match';
import type { MatchRequest, Progress } from '../../detection/engine/execution';
import type { Contract } from '../../telemetry/contract';
import { readTime } from '@tollgate/sigma/values/date-time';
import { deliveredAt } from './delivery';
import type { OwnRecords } from './events';
import type { Losses } from './losses';
import { MatchedEvents } from './matched-events';
import { SourceDays } from './source-days';

/** How many records pass between two reports of progress. */
const PROGRESS_EVERY = 10_000;

/** What was found in logs: the matches are in the store. */
export interface Collected {
  events: MatchedEvents;
  /** Telemetry contract id → when it had records; sources without any are not there. */
  sources: Map<string, SourceDays>;
}

/** What is asked of the records of one source. */
interface Asked {
  plans: ManyPlans;
  /** For each plan, the number of its request and what is read of a match. */
  requests: { number: number; values: (event: Event) => Match['values'] }[];
  /** How late the source may deliver a record, at worst (ms). */
  delay: number;
  days: SourceDays;
}

/**
 * Gives the matches of all requests to the store, in the order of their time, in whatever order the records come. Memory grows with
 * the matches, not with the records. A record without a time is lost, and said.
 */
export async function collect(
  records: OwnRecords,
  requests: MatchRequest[],
  contracts: ReadonlyMap<string, Contract>,
  { store, losses, progress }: { store: MatchStore; losses: Losses; progress: Progress },
): Promise<Collected> {
  const bySource = new Map<string, Asked>();
  const events = new MatchedEvents();
  const sorter = new MatchSorter();
  let done = 0;
  try {
    await records(({ source, form, event, place }) => {
      const asked = bySource.get(source) ?? ask(source, requests, contracts);
      bySource.set(source, asked);
      if (++done % PROGRESS_EVERY === 0) progress.update('reading', done);
      const time = readTime(scalarAt(event, '@timestamp'));
      if (time === null) {
        losses.add(`has no time that ${source} has`, place);
        return;
      }
      asked.days.add(time);
      asked.days.forms.add(form);
      const found = asked.plans.matching(event);
      if (found.length === 0) return;
      const number = events.add(time, place);
      const ingested = deliveredAt(readTime(scalarAt(event, 'event.ingested')), time, asked.delay);
      for (const plan of found) {
        const { number: request, values } = asked.requests[plan]!;
        sorter.add({ plan: request, match: { event: number, time, ingested, values: values(event) } });
      }
    });
    for (const { plan, match } of sorter.sorted()) store.add(plan, match);
  } finally {
    sorter.close();
  }
  const days = [...bySource].map(([source, asked]) => [source, asked.days] as const);
  return { events, sources: new Map(days.filter(([, { records }]) => records > 0)) };
}

function ask(source: string, all: MatchRequest[], contracts: ReadonlyMap<string, Contract>): Asked {
  const contract = contracts.get(source)!;
  const own = all.flatMap((request, number) => (request.source === source ? [{ ...request, number }] : []));
  return {
    plans: new ManyPlans(own.map(({ plan }) => plan)),
    requests: own.map(({ number, fields }) => {
      const readers = fields.map(scalarReader);
      return { number, values: (event) => readers.map((read) => read(event)) };
    }),
    delay: durationMs(contract.delay.worst),
    days: new SourceDays(),
  };
}

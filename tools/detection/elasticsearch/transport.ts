import { errors, SniffingTransport } from '@elastic/elasticsearch';
import { setTimeout as wait } from 'node:timers/promises';
import { Failure } from '../../foundation/content/failure';
import { REQUEST_MS } from '../../foundation/content/waits';
import { Backoff } from './backoff';
import { brief } from './brief';
import { missingFrom } from './whole';

type Params = Parameters<SniffingTransport['request']>[0];
type Options = Parameters<SniffingTransport['request']>[1];

/** A connection that breaks is tried again so often: a node that is gone is to be noticed at once. */
const BROKEN_CONNECTIONS = 2;

/** The client's own types name its major version, and Elasticsearch refuses those of a later one; what Tollgate asks is the same in 8.19 and 9. */
const PLAIN_JSON = {
  jsonContentType: 'application/json',
  ndjsonContentType: 'application/x-ndjson',
  accept: 'application/json,text/plain',
};

/** What an answer must be whole for; all else writes, or is about the cluster itself. */
const READS = /\/_(search|count|field_caps|pit)\b/;

/** Which answers that are not whole may be used; `undefined`: none. It is given what is missing from each. */
export type AllowPartial = ((missing: string[]) => void) | undefined;

/**
 * The way that every request to Elasticsearch takes. An answer from which something is missing ends in a `Failure` (3), unless it may be
 * partial; one that says to come back later (429, 502, 503, 504) is asked for again, with growing pauses of random length or the
 * one that `Retry-After` asks for.
 */
export function checkedTransport(allowPartial: AllowPartial): typeof SniffingTransport {
  return class extends SniffingTransport {
    constructor(options: ConstructorParameters<typeof SniffingTransport>[0]) {
      super({ ...options, vendoredHeaders: PLAIN_JSON });
    }

    // The base class declares an overload for each form of answer, of which Tollgate uses one: the body.
    override async request(params: Params, options: Options = {}): Promise<never> {
      const answer = await repeated(() =>
        inTime(options, (timed) => super.request(params, { ...timed, meta: true, maxRetries: 0 })),
      );
      const { statusCode } = answer;
      // The client takes any status below 400 for an answer, and follows nothing.
      if (statusCode >= 300 && statusCode < 400) throw elsewhere(params.path, statusCode);
      const missing = missingFrom(answer.body, !READS.test(params.path));
      if (missing.length > 0) {
        if (allowPartial === undefined) throw notWhole(params.path, missing);
        allowPartial(missing);
      }
      return (options.meta ? answer : answer.body) as never;
    }
  } as typeof SniffingTransport;
}

function elsewhere(path: string, statusCode: number): Failure {
  return new Failure(
    3,
    `what was asked of ${askedOf(path)} is answered with a way to another address (${statusCode})`,
    'give the address of the cluster itself',
  );
}

function askedOf(path: string): string {
  return decodeURIComponent(/^\/(?!_)([^/?]+)/.exec(path)?.[1] ?? 'the cluster');
}

function notWhole(path: string, missing: string[]): Failure {
  return new Failure(
    3,
    `the answer of ${askedOf(path)} is not whole: ${missing.join('; ')}`,
    'see to the cluster, or name an index pattern without what is missing',
  );
}

/** The client's own deadline is over once the answer begins, however long the rest of it takes. */
async function inTime<T>(options: Options, ask: (options: Options) => Promise<T>): Promise<T> {
  const limit = AbortSignal.timeout(Number(options?.requestTimeout ?? REQUEST_MS));
  const given = options?.signal;
  try {
    return await ask({ ...options, signal: given ? AbortSignal.any([given as AbortSignal, limit]) : limit });
  } catch (error) {
    if (limit.aborted) throw new errors.TimeoutError('Request timed out');
    if (given?.aborted) throw new errors.RequestAbortedError('Request aborted');
    if (error instanceof errors.ElasticsearchClientError) throw error;
    // What unpacks the answer has errors of its own, with a code; and the client trusts the form of an error's body.
    const why = error instanceof Error && 'code' in error ? `: ${brief(error.message)}` : '';
    throw new errors.DeserializationError(`its answer cannot be read${why}`, '');
  }
}

async function repeated<T>(ask: () => Promise<T>): Promise<T> {
  const backoff = new Backoff();
  for (let broken = 0; ;) {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof errors.ConnectionError && ++broken > BROKEN_CONNECTIONS) throw error;
      if (!(error instanceof errors.ConnectionError) && !isBusy(error)) throw error;
      const pause = backoff.next(secondsAskedFor(error));
      if (pause === null) throw error;
      await wait(pause);
    }
  }
}

/** Whether a node says to come back later. */
function isBusy(error: unknown): error is errors.ResponseError {
  if (!(error instanceof errors.ResponseError) || ![429, 502, 503, 504].includes(error.statusCode ?? 0)) return false;
  // What is too large for the node is so the next time too.
  return !isTooLarge(error);
}

/** Whether a node says that it has not the memory for what was asked. */
export function isTooLarge(error: errors.ResponseError): boolean {
  try {
    return JSON.stringify(error.body ?? null).includes('circuit_breaking_exception');
  } catch {
    return false; // So deep a body is no node's.
  }
}

function secondsAskedFor(error: unknown): number | undefined {
  const asked = error instanceof errors.ResponseError ? error.headers?.['retry-after'] : undefined;
  return typeof asked === 'string' && /^\d+$/.test(asked) ? Number(asked) : undefined;
}

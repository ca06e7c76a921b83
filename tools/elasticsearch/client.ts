import { Client, errors } from '@elastic/elasticsearch';
import { Failure } from '../content/failure';
import type { Access } from './node/access';

/** A client for one node. Long answers take their time, longer ones on a busy machine; a node that is gone is noticed at once. */
export function openClient(access: Access): Client {
  return new Client({
    node: access.url,
    ...(access.auth === undefined ? {} : { auth: access.auth }),
    requestTimeout: 600_000,
    maxRetries: 2,
    // A node that died would otherwise be left alone for a minute, and a request end with "no living connections".
    resurrectStrategy: 'optimistic',
  });
}

/** What the client threw, as the end of a command: the node is gone, or refused. `doing` is what we were at. */
export function asFailure(error: unknown, doing: string): unknown {
  if (error instanceof errors.ResponseError) {
    return new Failure(3, `Elasticsearch refused ${doing}: ${reasonOf(error)}`);
  }
  if (error instanceof errors.ElasticsearchClientError) {
    return new Failure(
      3,
      `Elasticsearch stopped answering during ${doing}: ${error.message}`,
      'run the command again; `tollgate es status` tells how the local node is',
    );
  }
  return error;
}

/** Does something with a node; an error that is not `expected` becomes the end of the command. */
export async function asking<T>(
  doing: string,
  action: () => Promise<T>,
  expected: (error: unknown) => boolean = () => false,
): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw expected(error) ? error : asFailure(error, doing);
  }
}

/** Type and reason of the innermost cause that an error response names. */
export function reasonOf(error: errors.ResponseError): string {
  const body = error.body as { error?: ErrorCause | string } | undefined;
  let cause = body?.error;
  if (cause === undefined || typeof cause === 'string') return cause ?? error.message;
  for (;;) {
    const inner: ErrorCause | undefined = cause.root_cause?.find((each) => each !== cause) ?? cause.caused_by;
    if (inner === undefined || inner.reason === cause.reason) break;
    cause = inner;
  }
  return `${cause.type}: ${cause.reason}`;
}

interface ErrorCause {
  type?: string;
  reason?: string;
  root_cause?: ErrorCause[];
  caused_by?: ErrorCause;
}

import { Client, errors, Serializer } from '@elastic/elasticsearch';
import { Failure } from '../../foundation/content/failure';
import { jsonOf, parseJson } from '@tollgate/sigma/values/json';
import { conceal } from '../../foundation/content/secrets';
import { REQUEST_MS } from '../../foundation/content/waits';
import { headersFor, type Access } from './node/access';
import { brief } from './brief';
import { reasonOf } from './reason';
import { checkedTransport, type AllowPartial } from './transport';

/** Keeps the digits of integers that are beyond 2^53, and tells how many bytes each answer has. */
class ExactSerializer extends Serializer {
  onBytes: ((bytes: number) => void) | undefined;

  override serialize(object: unknown): string {
    return jsonOf(object);
  }
  override deserialize<T>(json: string): T {
    this.onBytes?.(Buffer.byteLength(json));
    return parseJson(json) as T;
  }
}

/**
 * A client for one node. Its answers are whole, or end in a `Failure` (3), unless `allowPartial` takes what is missing from them. Long
 * answers take their time; a node that is gone is noticed at once. `onBytes` hears how long each answer is.
 */
export function openClient(access: Access, allowPartial?: AllowPartial, onBytes?: (bytes: number) => void): Client {
  concealAccess(access);
  class CountingSerializer extends ExactSerializer {
    override onBytes = onBytes;
  }
  return new Client({
    Serializer: CountingSerializer,
    node: access.url,
    ...(access.auth === undefined ? {} : { auth: access.auth }),
    Transport: checkedTransport(allowPartial),
    requestTimeout: REQUEST_MS,
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
      `Elasticsearch stopped answering during ${doing}: ${brief(error.message)}`,
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

/** Nothing that is told shows the credentials, as they are or as they are sent. */
function concealAccess(access: Access): void {
  const { auth } = access;
  if (auth === undefined) return;
  // The header's name for the way of saying who one is, then what is secret.
  const sent = headersFor(access).authorization!;
  conceal(sent.slice(sent.indexOf(' ') + 1));
  if ('password' in auth) conceal(auth.password);
  // A key in its encoded form is a name, a colon and the key itself.
  else conceal(Buffer.from(auth.apiKey, 'base64').toString().split(':')[1] ?? '');
}

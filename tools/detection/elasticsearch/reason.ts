import { errors } from '@elastic/elasticsearch';
import { isMap } from '@tollgate/sigma/values/map';
import { brief } from './brief';

/** How many causes of one another are looked at. */
const CAUSES = 100;

/**
 * Type and reason of the innermost cause that an error response names; its status where it names none. What answers may be
 * anything, so its body may be too.
 */
export function reasonOf(error: errors.ResponseError): string {
  let cause = isMap(error.body) ? error.body['error'] : undefined;
  if (typeof cause === 'string') return brief(cause);
  for (let seen = 0; seen < CAUSES && isMap(cause); seen++) {
    const { root_cause: roots, caused_by: by, reason }: Record<string, unknown> = cause;
    const of: unknown = cause;
    const inner: unknown = (Array.isArray(roots) ? roots : []).find((each) => each !== of) ?? by;
    if (!isMap(inner) || inner['reason'] === reason) break;
    cause = inner;
  }
  const told = isMap(cause) ? [cause['type'], cause['reason']].filter((each) => typeof each === 'string') : [];
  return told.length > 0 ? brief(told.join(': ')) : `its answer has status ${error.statusCode} and names no reason`;
}

/** Why a request failed, in a line. */
export function whyOf(error: unknown): string {
  if (error instanceof errors.ResponseError) return reasonOf(error);
  return brief(error instanceof Error ? error.message : String(error));
}

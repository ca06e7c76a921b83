import { isMap } from '@tollgate/sigma/values/map';

import { brief } from './brief';

/**
 * What is missing from an answer, in words, one for each reason; empty where it is whole. Elasticsearch answers with status 200 also
 * where shards failed, a remote cluster was skipped, or the time ran out, and says so in these places (search, count, field
 * capabilities and point-in-time APIs of its reference). `written`: the answer is one to writing, which is done when the primary
 * shards have it; that a copy of them does not answer is no loss.
 */
export function missingFrom(answer: unknown, written = false): string[] {
  if (!isMap(answer)) return [];
  const missing: string[] = [];
  if (answer['timed_out'] === true) missing.push('it ran out of time');
  if (answer['terminated_early'] === true) missing.push('it was terminated early');
  if (answer['is_partial'] === true || answer['is_running'] === true) missing.push('it is partial');
  return [...missing, ...clusters(answer['_clusters']), ...shards(answer['_shards'], written), ...indices(answer)];
}

function clusters(of: unknown): string[] {
  if (!isMap(of)) return [];
  const { details } = of;
  const named = isMap(details)
    ? Object.entries(details).filter(([, each]) => !isMap(each) || each['status'] !== 'successful')
    : [];
  if (named.length > 0) {
    return named.map(
      ([name, each]) => `the cluster ${name === '(local)' ? 'itself' : name} was ${statusOf(each)}${because(each)}`,
    );
  }
  const bad = ['skipped', 'partial', 'failed', 'running'].filter((key) => count(of[key]) > 0);
  if (bad.length > 0) return bad.map((key) => `clusters ${key}: ${count(of[key])} of ${count(of['total'])}`);
  const [total, successful] = [count(of['total']), count(of['successful'])];
  return total > successful ? [`${total - successful} of ${total} clusters did not answer`] : [];
}

function statusOf(cluster: unknown): string {
  return isMap(cluster) && typeof cluster['status'] === 'string' ? cluster['status'] : 'not heard of';
}

function because(cluster: unknown): string {
  const reason = isMap(cluster) ? firstReason(cluster['failures']) : null;
  return reason === null ? '' : ` (${reason})`;
}

function shards(of: unknown, written: boolean): string[] {
  if (!isMap(of)) return [];
  const [total, successful, failed] = [count(of['total']), count(of['successful']), count(of['failed'])];
  const reason = firstReason(of['failures']);
  if (failed > 0) return [`${failed} of ${total} shards failed: ${reason ?? 'no reason given'}`];
  return total > successful && !written ? [`${total - successful} of ${total} shards did not answer`] : [];
}

/** Field capabilities name the indices that could not say theirs. */
function indices({ failed_indices: failed, failures }: Record<string, unknown>): string[] {
  const number = count(failed);
  const list = Array.isArray(failures) ? failures : [];
  if (number === 0 && list.length === 0) return [];
  const names = list.flatMap((each: unknown) => (isMap(each) && Array.isArray(each['indices']) ? each['indices'] : []));
  const which = names.length > 0 ? `${names.slice(0, 3).join(', ')}${names.length > 3 ? ' …' : ''}` : `${number}`;
  return [`indices failed: ${which} (${firstReason(failures) ?? 'no reason given'})`];
}

/** The reason of the first of some failures, whichever form these have. */
function firstReason(failures: unknown): string | null {
  const first: unknown = Array.isArray(failures) ? failures[0] : undefined;
  if (!isMap(first)) return null;
  const { failure, exception, reason } = first;
  const inner = [failure, exception, reason].find(isMap) ?? first;
  return typeof inner['reason'] === 'string' ? brief(inner['reason']) : null;
}

function count(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

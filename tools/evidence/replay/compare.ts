import { jsonOf } from '@tollgate/sigma/values/json';
import type { EngineResult, MatchRequest } from '../../detection/engine/execution';

/** How many differences are told one by one; the rest are only counted. */
const TOLD = 20;

/**
 * Holds the answers of two engines to the same requests against each other: the same events, with the same values.
 * Returns one sentence for each difference.
 */
export function compareEngines(
  requests: MatchRequest[],
  [nameA, a]: [string, EngineResult],
  [nameB, b]: [string, EngineResult],
): string[] {
  const differences: string[] = [];
  for (const [index, request] of requests.entries()) {
    const left = new Map(a.matches[index]!.map((match) => [match.event, match]));
    const right = new Map(b.matches[index]!.map((match) => [match.event, match]));
    const where = `request ${index + 1} on ${request.source}`;
    for (const [event, match] of left) {
      const other = right.get(event);
      if (!other) differences.push(`${where}: event ${event} matches in ${nameA}, not in ${nameB}`);
      else if (match.time !== other.time || match.ingested !== other.ingested)
        differences.push(`${where}: event ${event} has other times in ${nameA} and in ${nameB}`);
      else if (jsonOf(match.values) !== jsonOf(other.values))
        differences.push(
          `${where}: event ${event} has ${request.fields.join(', ')} = ${jsonOf(match.values)} in ${nameA} and ${jsonOf(other.values)} in ${nameB}`,
        );
    }
    for (const event of right.keys())
      if (!left.has(event)) differences.push(`${where}: event ${event} matches in ${nameB}, not in ${nameA}`);
  }
  return differences.length > TOLD
    ? [...differences.slice(0, TOLD), `and ${differences.length - TOLD} more differences`]
    : differences;
}

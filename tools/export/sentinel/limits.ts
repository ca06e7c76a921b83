import type { ScheduledRule } from './rule';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/**
 * What Sentinel takes of a scheduled rule. Queries of 1 to 10,000 characters, a run every 5 minutes to 14 days over the last 5 minutes to 14
 * days, and no less than from run to run: https://learn.microsoft.com/azure/sentinel/scheduled-rules-overview. Entities, and identifiers of one:
 * https://learn.microsoft.com/azure/sentinel/map-data-fields-to-entities. Details: https://learn.microsoft.com/azure/sentinel/surface-custom-details-in-alerts.
 */
export const LIMITS = {
  queryCharacters: 10_000,
  leastFrequencyMs: 5 * MINUTE,
  longestPeriodMs: 14 * DAY,
  entities: 10,
  identifiers: 3,
  customDetails: 20,
} as const;

/** In which ways a rule is over Sentinel's limits; whole sentences, empty where it is not. */
export function beyondLimits({ query, frequencyMs, periodMs, entityMappings, customDetails }: ScheduledRule): string[] {
  const most = Math.max(0, ...entityMappings.map(({ fieldMappings }) => fieldMappings.length));
  const { length } = query;
  const sentences: [boolean, string][] = [
    [length === 0 || length > LIMITS.queryCharacters, `Its query has ${length} characters, and a rule takes 1 to ${LIMITS.queryCharacters}.`],
    [/\b(search|union)\s+\*/.test(query), 'Its query reads all tables, which a rule must not.'],
    [frequencyMs < LIMITS.leastFrequencyMs || frequencyMs > LIMITS.longestPeriodMs, 'It runs more often than every 5 minutes, or less than every 14 days.'],
    [periodMs < LIMITS.leastFrequencyMs || periodMs > LIMITS.longestPeriodMs, 'It looks back less than 5 minutes, or more than 14 days.'],
    [periodMs < frequencyMs, 'It looks back less far than from run to run, so that some records are never seen.'],
    [entityMappings.length > LIMITS.entities, `It has ${entityMappings.length} entities, and a rule takes ${LIMITS.entities}.`],
    [most > LIMITS.identifiers, `An entity of it has ${most} identifiers, and may have ${LIMITS.identifiers}.`],
    [Object.keys(customDetails).length > LIMITS.customDetails, `It has more than ${LIMITS.customDetails} custom details.`],
  ];
  return sentences.flatMap(([wrong, sentence]) => (wrong ? [sentence] : []));
}

import type { ScheduledRule } from './scheduled-rule';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const RULES = 'https://learn.microsoft.com/azure/sentinel/scheduled-rules-overview';
const SERVICE = 'https://learn.microsoft.com/azure/sentinel/sentinel-service-limits';
const ENTITIES = 'https://learn.microsoft.com/azure/sentinel/map-data-fields-to-entities';
/** What Microsoft holds its own rules against; `ScheduledTemplateInternalModel.cs` and its neighbours. */
const MODEL =
  'https://github.com/Azure/Azure-Sentinel/tree/master/.script/tests/detectionTemplateSchemaValidation/Models';

/** Sentinel's limits of a scheduled rule, in characters, milliseconds and pieces. `LIMIT_PAGES` says where each stands. */
export const LIMITS = {
  queryCharacters: 10_000,
  shortestMs: 5 * MINUTE,
  longestMs: 14 * DAY,
  longPeriodMs: 2 * DAY,
  longPeriodFrequencyMs: HOUR,
  nameCharacters: 256,
  descriptionCharacters: 5000,
  entities: 10,
  identifiers: 3,
  details: 20,
  detailCharacters: 20,
  columnCharacters: 500,
} as const;

/** The page that a limit comes from. */
export const LIMIT_PAGES: Readonly<Record<keyof typeof LIMITS, string>> = {
  queryCharacters: RULES,
  shortestMs: RULES,
  longestMs: RULES,
  longPeriodMs: MODEL,
  longPeriodFrequencyMs: MODEL,
  nameCharacters: MODEL,
  descriptionCharacters: MODEL,
  entities: SERVICE,
  identifiers: ENTITIES,
  details: SERVICE,
  detailCharacters: MODEL,
  columnCharacters: MODEL,
};

/** `RULES`: the table of severities. */
const SEVERITIES: readonly string[] = ['Informational', 'Low', 'Medium', 'High'];

/** `MODEL`, `AttackTactic.cs`. */
const TACTICS: readonly string[] = [
  'Reconnaissance',
  'ResourceDevelopment',
  'InitialAccess',
  'Execution',
  'Persistence',
  'PrivilegeEscalation',
  'DefenseEvasion',
  'CredentialAccess',
  'Discovery',
  'LateralMovement',
  'Collection',
  'Exfiltration',
  'CommandAndControl',
  'Impact',
  'ImpairProcessControl',
  'InhibitResponseFunction',
];

/** `MODEL`, `EntityMappingIdentifiers.cs`: of the entities that this export writes, the identifiers of which one is enough. */
const IDENTIFIERS: Readonly<Record<string, readonly string[]>> = {
  Account: ['FullName', 'Name', 'Sid', 'AadUserId', 'PUID', 'ObjectGuid'],
  CloudApplication: ['AppId', 'Name'],
  IP: ['Address'],
};

/** In which ways a rule is over Sentinel's limits; whole sentences, empty where it is not. */
export function beyondLimits(rule: ScheduledRule): string[] {
  return [...ofText(rule), ...ofSchedule(rule), ...ofAttack(rule), ...ofEntities(rule), ...ofDetails(rule)];
}

function ofText({ title, description, severity, query }: ScheduledRule): string[] {
  return broken([
    [
      title === '' || title.length > LIMITS.nameCharacters,
      `Its title has ${title.length} characters, and a rule takes 1 to ${LIMITS.nameCharacters}.`,
    ],
    [
      description.length > LIMITS.descriptionCharacters,
      `Its description has ${description.length} characters, and a rule takes ${LIMITS.descriptionCharacters}.`,
    ],
    [!SEVERITIES.includes(severity), `Its severity is ${severity}, and Sentinel has ${SEVERITIES.join(', ')}.`],
    [
      query === '' || query.length > LIMITS.queryCharacters,
      `Its query has ${query.length} characters, and a rule takes 1 to ${LIMITS.queryCharacters}.`,
    ],
    [/\b(search|union)\s+\*/.test(query), 'Its query reads all tables, which a rule must not.'],
  ]);
}

function ofSchedule({ frequencyMs, periodMs }: ScheduledRule): string[] {
  const isOutside = (ms: number) => ms < LIMITS.shortestMs || ms > LIMITS.longestMs;
  return broken([
    [isOutside(frequencyMs), 'It runs more often than every 5 minutes, or less often than every 14 days.'],
    [isOutside(periodMs), 'It looks back less than 5 minutes, or more than 14 days.'],
    [frequencyMs % MINUTE !== 0 || periodMs % MINUTE !== 0, 'It runs or looks back by no whole minutes.'],
    [periodMs < frequencyMs, 'It looks back less far than from run to run, so that some records are never seen.'],
    [
      periodMs >= LIMITS.longPeriodMs && frequencyMs < LIMITS.longPeriodFrequencyMs,
      'It looks back two days or more, and runs more often than once an hour.',
    ],
  ]);
}

function ofAttack({ tactics, techniques }: ScheduledRule): string[] {
  return broken([
    ...tactics.map((tactic): Claim => [!TACTICS.includes(tactic), `Sentinel has no tactic ${tactic}.`]),
    ...techniques.map((technique): Claim => [
      !/^T\d{4}(\.\d{3})?$/.test(technique),
      `${technique} is not the number of a technique.`,
    ]),
    [techniques.length > 0 && tactics.length === 0, 'It has techniques without a tactic.'],
  ]);
}

function ofEntities({ entityMappings }: ScheduledRule): string[] {
  return broken([
    [
      entityMappings.length > LIMITS.entities,
      `It has ${entityMappings.length} entities, and a rule takes ${LIMITS.entities}.`,
    ],
    ...entityMappings.flatMap(({ entityType, fieldMappings }): Claim[] => [
      [
        fieldMappings.length === 0 || fieldMappings.length > LIMITS.identifiers,
        `An entity ${entityType} of it has ${fieldMappings.length} identifiers, and may have 1 to ${LIMITS.identifiers}.`,
      ],
      [
        !fieldMappings.some(({ identifier }) => IDENTIFIERS[entityType]?.includes(identifier)),
        `An entity ${entityType} of it has no identifier that Sentinel tells it by.`,
      ],
    ]),
  ]);
}

function ofDetails({ customDetails }: ScheduledRule): string[] {
  const details = Object.entries(customDetails);
  return broken([
    [details.length > LIMITS.details, `It has ${details.length} custom details, and a rule takes ${LIMITS.details}.`],
    ...details.flatMap(([key, column]): Claim[] => [
      [
        key.length > LIMITS.detailCharacters || !/^[A-Za-z]\w*$/.test(key),
        `A custom detail is called ${key}: a letter and at most ${LIMITS.detailCharacters - 1} letters, digits and _ are allowed.`,
      ],
      [
        column.length > LIMITS.columnCharacters || !/^[A-Za-z_]\w*$/.test(column),
        `A custom detail is read from ${column}, which is not the name of a column.`,
      ],
    ]),
  ]);
}

type Claim = [isBroken: boolean, sentence: string];

function broken(claims: readonly Claim[]): string[] {
  return claims.flatMap(([isBroken, sentence]) => (isBroken ? [sentence] : []));
}

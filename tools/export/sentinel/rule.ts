import type { Level, Rule } from '@tollgate/sigma/rules/model';
import type { HuntQuery } from '../../detection/hunt/types';
import type { Contract } from '../../telemetry/contract';
import { fieldsOf } from '../../telemetry/contract';
import { threats } from '../attack';
import type { RunSchedule } from '../plan/reach';
import type { KqlQuery } from './detector';
import { LIMITS } from './limits';
import type { EntityMapping, ScheduledRule } from './scheduled-rule';

const SEVERITY: Record<Level, ScheduledRule['severity']> = {
  informational: 'Informational',
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  critical: 'High',
};

export function scheduledRule(
  name: string,
  detector: Rule | HuntQuery,
  contract: Contract,
  { query, fields, measures, schedule }: KqlQuery & { schedule: RunSchedule },
): ScheduledRule {
  const { id, title, description, tags, level = 'medium' } = detector;
  return {
    id,
    name,
    title,
    description: `${description || title} What to do: respond/${name}.md.`,
    severity: SEVERITY[level],
    query,
    frequencyMs: schedule.frequencyMs,
    periodMs: schedule.periodMs,
    ...attack(tags),
    entityMappings: entities(contract, fields),
    customDetails: details([...fields.map(({ column }) => column), ...measures]),
  };
}

/** Tactics by the names that Sentinel has for them, and techniques without their sub-techniques. */
export function attack(tags: readonly string[]): { tactics: string[]; techniques: string[] } {
  const found = threats([...tags]);
  const tactics = found.map(({ tactic }) => tactic.name.replaceAll(' ', ''));
  const techniques = found.flatMap(({ technique }) => technique.map(({ id }) => id));
  return { tactics, techniques: [...new Set(techniques)].sort() };
}

/** The asset is the entity by which alerts come together in an incident; a client's address and who acts are others. */
export function entities(contract: Contract, fields: KqlQuery['fields']): EntityMapping[] {
  const types = fieldsOf(contract);
  return fields.flatMap(({ field, column }): EntityMapping[] => {
    const of = (entityType: EntityMapping['entityType'], identifier: string) => [
      { entityType, fieldMappings: [{ identifier, columnName: column }] },
    ];
    if (field === 'asset.id') return of('CloudApplication', 'Name');
    if (types[field]?.type === 'ip' || /ip(address)?$/i.test(field)) return of('IP', 'Address');
    if (field === contract.roles.identity || /(^|\.)(user|actor)[._]?(id|sid)?$/i.test(field))
      return of('Account', 'FullName');
    return [];
  });
}

/** Columns by names that Sentinel takes, no more than it does; the first columns are the group's. */
function details(columns: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const column of [...new Set(columns)].slice(0, LIMITS.details)) {
    let key = shortened(column, '');
    for (let n = 2; Object.hasOwn(found, key); n++) key = shortened(column, `_${n}`);
    found[key] = column;
  }
  return found;
}

/** The last words of a name, which tell most: `address` of `client_ip_address`. */
function shortened(name: string, end: string): string {
  const words = name.split('_');
  while (words.length > 1 && words.join('_').length + end.length > LIMITS.detailCharacters) words.shift();
  const short = words.join('_').replace(/^[^A-Za-z]+/, '') || 'detail';
  return `${short.slice(0, LIMITS.detailCharacters - end.length)}${end}`;
}

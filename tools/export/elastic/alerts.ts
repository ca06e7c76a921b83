import type { Contract, Field } from '../../telemetry/contract';
import { ALERT_ASSET } from '../lucene/fields';
import { SHOWS, TAG } from './rule';

const text: Field = { type: 'keyword', meaning: '', evidence: 'documented' };

/**
 * Kibana's own alerts as a log source: what a rule over alerts reads. Its fields are made by `readAlerts`, since Kibana's index of alerts has other names
 * and maps no field that is not of ECS (https://www.elastic.co/docs/reference/security/fields-and-object-schemas/alert-schema).
 */
export const ALERTS: Contract = {
  id: 'tollgate.alert',
  title: 'Tollgate alerts',
  description: 'The alerts of the exported rules.',
  logsource: { product: 'tollgate', service: 'alert' },
  references: ['https://www.elastic.co/docs/reference/security/fields-and-object-schemas/alert-schema'],
  enabled: { byDefault: true, how: "They are Kibana's own: the rule's owner must be allowed to read them." },
  delay: { typical: 'PT1S', worst: 'PT1M', evidence: 'documented' },
  retention: '',
  time: { field: '@timestamp', format: 'iso8601' },
  roles: { asset: 'asset.id', identity: null, destination: null },
  step: [],
  fields: { 'rule.level': text, 'rule.shows': { ...text, list: true }, 'asset.id': text },
  derived: {},
  never: [],
  example: {},
};

/** The fields of the contract out of those of an alert; each kind of sign that its rule sees is a row where `rule.shows` is counted. */
export function readAlerts(): string[] {
  const tags = 'kibana.alert.rule.tags';
  return [
    `WHERE CONCAT("\\n", MV_CONCAT(${tags}, "\\n"), "\\n") LIKE "*\\n${TAG}\\n*"`,
    `EVAL asset.id = ${ALERT_ASSET}, rule.level.folded = kibana.alert.severity, event.ingested = @timestamp`,
    `EVAL shows = REPLACE(REPLACE(MV_CONCAT(${tags}, "\\n"), "(?m)^(?!${SHOWS}).*\\n?", ""), "\\n$", "")`,
    'EVAL rule.shows = CASE(shows == "", null, SPLIT(shows, "\\n"))',
  ];
}

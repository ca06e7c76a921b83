/** An entity of an alert, with the columns of the query that identify it. */
export interface EntityMapping {
  entityType: 'CloudApplication' | 'IP' | 'Account';
  fieldMappings: { identifier: string; columnName: string }[];
}

/** A rule that Sentinel runs by a schedule, apart from the form in which it is written. */
export interface ScheduledRule {
  id: string;
  name: string;
  title: string;
  description: string;
  severity: 'Informational' | 'Low' | 'Medium' | 'High';
  query: string;
  frequencyMs: number;
  periodMs: number;
  tactics: string[];
  techniques: string[];
  entityMappings: EntityMapping[];
  customDetails: Record<string, string>;
}

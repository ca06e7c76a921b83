import type { Contract } from '../../telemetry/contract';
import type { HuntQuery } from '../../detection/hunt/types';
import type { KqlQuery } from './detector';
import { isoDuration } from './duration';
import { attack } from './rule';
import type { ScheduledRule } from './scheduled-rule';
import { customTable } from './source';
import type { Watchlist } from './watchlists';

/** A resource of a template of Azure Resource Manager. */
export type Resource = Record<string, unknown>;

const SCHEMA = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';
const INSIGHTS = '2023-02-01';
const TABLES = '2022-10-01';
const SEARCHES = '2020-08-01';
const WORKSPACE = "resourceId('Microsoft.OperationalInsights/workspaces', parameters('workspace'))";

/** A template with resources of one workspace. `native`: it asks of which sources a connector fills a table of its own. */
export function template(resources: readonly Resource[], native = false): string {
  const parameters = {
    workspace: {
      type: 'string',
      metadata: { description: 'Name of the Log Analytics workspace that Sentinel is on.' },
    },
    ...(native && {
      nativeSources: {
        type: 'array',
        defaultValue: [],
        metadata: { description: "Sources that are read from a connector's own table, such as okta.system." },
      },
    }),
  };
  return `${JSON.stringify({ $schema: SCHEMA, contentVersion: '1.0.0.0', parameters, resources }, null, 2)}\n`;
}

/** A scheduled rule; it is switched off until somebody has seen it. Alerts of one asset within a day are one incident. */
export function ruleResource(rule: ScheduledRule): Resource {
  return {
    type: 'Microsoft.SecurityInsights/alertRules',
    apiVersion: INSIGHTS,
    scope: `[${WORKSPACE}]`,
    name: rule.id,
    kind: 'Scheduled',
    properties: {
      displayName: literal(rule.title),
      description: literal(rule.description),
      severity: rule.severity,
      enabled: false,
      query: literal(rule.query),
      queryFrequency: isoDuration(rule.frequencyMs),
      queryPeriod: isoDuration(rule.periodMs),
      triggerOperator: 'GreaterThan',
      triggerThreshold: 0,
      suppressionEnabled: false,
      suppressionDuration: 'PT5H',
      tactics: rule.tactics,
      techniques: rule.techniques,
      entityMappings: rule.entityMappings,
      customDetails: rule.customDetails,
      eventGroupingSettings: { aggregationKind: 'AlertPerResult' },
      incidentConfiguration: {
        createIncident: true,
        groupingConfiguration: {
          enabled: rule.entityMappings.some(({ entityType }) => entityType === 'CloudApplication'),
          reopenClosedIncident: false,
          lookbackDuration: 'P1D',
          matchingMethod: 'Selected',
          groupByEntities: ['CloudApplication'],
          groupByAlertDetails: [],
          groupByCustomDetails: [],
        },
      },
    },
  };
}

export function huntingResource({ id, title, description, tags }: HuntQuery, { query }: KqlQuery): Resource {
  const { tactics, techniques } = attack(tags);
  return saved(id, 'Hunting Queries', title, query, {
    tags: [
      { name: 'description', value: literal(description || title) },
      { name: 'tactics', value: tactics.join(',') },
      { name: 'techniques', value: techniques.join(',') },
    ],
  });
}

/** A saved function; `native` tells whether it is there where its source is among those with a table of their own, or where not. */
export function parserResource(
  name: string,
  title: string,
  query: string,
  more: { parameters?: string; native?: { source: string; is: boolean } },
): Resource {
  const { parameters, native } = more;
  const among = native && `contains(parameters('nativeSources'), '${native.source}')`;
  return {
    ...(native && { condition: `[${native.is ? among! : `not(${among!})`}]` }),
    ...saved(name, 'Tollgate', title, query, {
      functionAlias: name,
      ...(parameters !== undefined && { functionParameters: parameters }),
    }),
  };
}

/** A search that is saved in the workspace; with `etag` one that is there already is replaced. */
function saved(name: string, category: string, title: string, query: string, more: object): Resource {
  return {
    type: 'Microsoft.OperationalInsights/workspaces/savedSearches',
    apiVersion: SEARCHES,
    name: `[concat(parameters('workspace'), '/${name}')]`,
    properties: { etag: '*', category, displayName: literal(title), query: literal(query), version: 2, ...more },
  };
}

export function watchlistResource({ alias, key, csv }: Watchlist): Resource {
  return {
    type: 'Microsoft.SecurityInsights/watchlists',
    apiVersion: INSIGHTS,
    scope: `[${WORKSPACE}]`,
    name: alias,
    properties: {
      displayName: alias,
      provider: 'Tollgate',
      source: `${alias}.csv`,
      itemsSearchKey: key,
      contentType: 'text/csv',
      numberOfLinesToSkip: 0,
      rawContent: literal(csv),
    },
  };
}

/** The table of a source that no connector brings: a record as it was delivered, and when it happened. */
export function tableResource(contract: Contract): Resource {
  const name = customTable(contract);
  return {
    type: 'Microsoft.OperationalInsights/workspaces/tables',
    apiVersion: TABLES,
    name: `[concat(parameters('workspace'), '/${name}')]`,
    properties: {
      schema: {
        name,
        columns: [
          { name: 'TimeGenerated', type: 'datetime' },
          { name: 'Record', type: 'dynamic' },
        ],
      },
    },
  };
}

/**
 * A text that a template takes as it is. One that stands in brackets would be an expression, and a second bracket before it says that it is none:
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions#escape-characters.
 */
export function literal(text: string): string {
  return text.startsWith('[') && text.endsWith(']') ? `[${text}` : text;
}

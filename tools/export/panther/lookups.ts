import { COUNTRY_PREFIXES } from '../../telemetry/prefixes';
import { curveName, curvesOf, pointsOf } from '../plan/curves';
import type { DetectorPlan } from '../plan/types';
import { LOOKUPS } from './lake/dialect';
import { yaml } from './yaml';

/** A lookup table: its columns with their types in Panther's schemas, the one that is the key, and its rows. */
interface Lookup {
  name: string;
  description: string;
  columns: Record<string, string>;
  key: string;
  rows: readonly (readonly (string | number)[])[];
}

/** Files of the lookup tables that queries read, with their schemas. */
export function lookupFiles(plans: readonly DetectorPlan[]): Map<string, string> {
  return new Map(lookups(plans).flatMap(filesOf));
}

function lookups(plans: readonly DetectorPlan[]): Lookup[] {
  const prefixes = Object.entries(COUNTRY_PREFIXES).flatMap(([country, list]) =>
    list.split(' ').map((prefix) => [prefix, country]),
  );
  const points = curvesOf(plans).flatMap((curve) =>
    pointsOf(curve).map(({ at, value }, index) => [`${curveName(curve)} ${index}`, curveName(curve), at, value]),
  );
  return [
    {
      name: LOOKUPS['prefixes']!,
      description: 'Countries by the prefix of a number',
      columns: { prefix: 'string', country: 'string' },
      key: 'prefix',
      rows: prefixes.sort(),
    },
    {
      name: LOOKUPS['curves']!,
      description: 'Points of the curves from which limits come',
      columns: { point: 'string', curve: 'string', point_at: 'float', point_value: 'float' },
      key: 'point',
      rows: points,
    },
    {
      name: LOOKUPS['assets']!,
      description: 'Your accounts and hosts with their products',
      columns: { account: 'string', asset: 'string' },
      key: 'account',
      rows: [['example-account', 'example-product']],
    },
  ];
}

function filesOf({ name, description, columns, key, rows }: Lookup): [string, string][] {
  const schema = `Custom.${name
    .split('_')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('')}`;
  const header = Object.keys(columns).join(',');
  return [
    [
      `schemas/${name}.yml`,
      yaml({
        schema,
        description,
        parser: { csv: { delimiter: ',', hasHeader: true } },
        fields: Object.entries(columns).map(([column, type]) => ({
          name: column,
          ...(column === key && { required: true }),
          type,
        })),
      }),
    ],
    [
      `lookup_tables/${name}.yml`,
      yaml({
        AnalysisType: 'lookup_table',
        LookupName: name,
        Enabled: true,
        Description: description,
        Filename: `./${name}.csv`,
        Schema: schema,
        LogTypeMap: { PrimaryKey: key, AssociatedLogTypes: [] },
      }),
    ],
    [`lookup_tables/${name}.csv`, `${header}\n${rows.map((row) => `${row.join(',')}\n`).join('')}`],
  ];
}

import { dump } from 'js-yaml';
import type { Contract } from '../../telemetry/contract';
import type { LogSource } from '@tollgate/sigma/rules/model';
import type { Placeholders } from '@tollgate/sigma/rules/transform';
import { placesOf, type Shape } from '../../telemetry/shape';
import { GENERATED } from './generated';

/** One transformation of a processing pipeline; pySigma's documentation has what each type takes. */
interface Transformation {
  id: string;
  type: string;
  rule_conditions: ({ type: 'logsource' } & Pick<LogSource, 'category' | 'product' | 'service'>)[];
  field_name_conditions?: { type: 'include_fields'; fields: string[] }[];
  mapping?: Record<string, string | string[]>;
  conditions?: Record<string, string | string[]>;
  message?: string;
  key?: string;
  val?: string;
}

/** Where pySigma's own pipelines of a platform stand; ours run with them. */
const PRIORITY = 20;

/** A pySigma processing pipeline of a platform: from the contracts' fields to the names that its own integrations give them. */
export function platformPipeline(
  platform: string,
  shapes: readonly Shape[],
  contracts: ReadonlyMap<string, Contract>,
): string {
  const transformations = shapes.flatMap((shape) => {
    const contract = contracts.get(shape.id);
    return contract ? sourceTransformations(shape, contract) : [];
  });
  return `${GENERATED}${dump({ name: `Tollgate's sources on ${platform}`, priority: PRIORITY, transformations }, { lineWidth: 120, noRefs: true })}`;
}

/** What a site says for the placeholders of filters. */
export function sitePipeline(placeholders: readonly string[], values: Placeholders): string {
  const vars = Object.fromEntries(placeholders.map((name) => [name, [...(values[name] ?? [])]]));
  const transformations = [{ id: 'placeholders', type: 'value_placeholders' }];
  return `# Write your own values: an empty list is an error where a filter asks for it.\n${dump({ name: 'A site', priority: 5, vars, transformations })}`;
}

function sourceTransformations(shape: Shape, { logsource }: Contract): Transformation[] {
  const { category, product, service } = logsource;
  const condition = {
    type: 'logsource' as const,
    ...(category !== undefined && { category }),
    ...(product !== undefined && { product }),
    ...(service !== undefined && { service }),
  };
  const of = (step: string) => ({ id: `${shape.id} ${step}`, rule_conditions: [condition] });
  const names = Object.keys(shape.fields);
  const values = names.flatMap((name): Transformation[] => {
    const mapping = Object.assign({}, ...placesOf(shape, name).map((place) => place.values ?? {})) as Record<
      string,
      string
    >;
    if (Object.keys(mapping).length === 0) return [];
    return [{ ...of(`values of ${name}`), type: 'map_string', field_name_conditions: only([name]), mapping }];
  });
  const lacks = Object.entries(shape.lacks).map(([name, reason]): Transformation => ({
    ...of(`lacks ${name}`),
    type: 'detection_item_failure',
    field_name_conditions: only([name]),
    message: `${shape.title} has no ${name}: ${reason}`,
  }));
  const mapping = Object.fromEntries(
    names.map((name) => {
      const places = placesOf(shape, name).map(({ field }) => field);
      return [name, places.length === 1 ? places[0]! : places];
    }),
  );
  const conditions = Object.entries(shape.only ?? {}).map(([name, wanted]) => [name, wanted === true ? '*' : wanted]);
  return [
    ...lacks,
    ...values,
    { ...of('fields'), type: 'field_name_mapping', mapping },
    ...(conditions.length > 0
      ? [
          {
            ...of('only'),
            type: 'add_condition',
            conditions: Object.fromEntries(conditions) as Record<string, string | string[]>,
          },
        ]
      : []),
    { ...of('index'), type: 'set_state', key: 'index', val: shape.index },
  ];
}

function only(fields: string[]): Transformation['field_name_conditions'] {
  return [{ type: 'include_fields', fields }];
}

import { placesOf, type Shape, type ShapeType } from '../../telemetry/shape';
import type { KnownField, KnownFields } from './shape';

/** What a cluster would say of the fields of a shape, if they are all as documented; without `usual`, of those alone that were seen. */
export function documentedFields(shape: Shape, usual: boolean): KnownFields {
  const known = new Map<string, KnownField>([['@timestamp', ofType('date')]]);
  for (const name of Object.keys(shape.fields))
    for (const { field, root, type, evidence } of placesOf(shape, name))
      if (usual || evidence === 'seen') known.set(root ?? field, ofType(type));
  return known;
}

function ofType(type: ShapeType): KnownField {
  return { type, searchable: true, aggregatable: type !== 'text' };
}

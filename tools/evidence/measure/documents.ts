import { isMap } from '@tollgate/sigma/values/map';
import { withoutUnits } from '../../detection/parameters/without-units';
import type { Detection, YamlMap } from '../../telemetry/detections';
import { hash } from '../../foundation/json-hash';
import { without } from './without';

/** Prose and house-keeping, which change nothing that is found; a budget is held against the figures when they are read. */
export const CONTENT_PROSE = [
  'title',
  'level',
  'description',
  'references',
  'falsepositives',
  'tags',
  'author',
  'date',
  'modified',
  'status',
  'tollgate',
  'pivot',
];

/** What rules and queries are read beside. */
export interface Surroundings {
  /** All documents with a detection or a correlation, and the ids of the sources that each reads. */
  detections: Detection[];
  /** Filters without placeholders that wait for a value. */
  filters: YamlMap[];
  /** Id of a source → its derived fields by their names. */
  derived: ReadonlyMap<unknown, YamlMap>;
}

/**
 * What decides the alerts of a document, wherever it is written: itself, the rules that it refers to, the filters that narrow any of
 * these, and how the derived fields are derived that it names. Hexadecimal.
 */
export function documentDigest(detection: Detection, around: Surroundings): string {
  return hash(familyOf(detection, around).map((member) => partsOf(member, around)));
}

/** Whether a report has a line for a document: it has a section of its own, or no correlation refers to it. */
export function isReported(value: YamlMap, detections: Detection[]): boolean {
  return isMap(value['tollgate']) || !detections.some((other) => refersTo(other.value['correlation'], value));
}

function partsOf({ value, sources }: Detection, { filters, derived }: Surroundings): unknown {
  const narrowing = filters
    .filter(({ filter }) => refersTo(filter, value))
    .map(({ filter, logsource }) => [logsource, without(filter, ['rules'])]);
  const part = contentPart(value);
  const text = JSON.stringify(part);
  const named = [...new Set(sources)].map((source) =>
    Object.entries(derived.get(source) ?? {}).filter(([field]) => text.includes(field)),
  );
  return [part, narrowing, named];
}

function familyOf(detection: Detection, around: Surroundings, before: Detection[] = []): Detection[] {
  if (before.includes(detection)) return [];
  const parts = around.detections.filter(({ value }) => refersTo(detection.value['correlation'], value));
  return [detection, ...parts.flatMap((part) => familyOf(part, around, [...before, detection]))];
}

/** Whether a correlation or a filter names a document; a filter that names none narrows all of its log source. */
function refersTo(one: unknown, { id, name }: YamlMap): boolean {
  if (!isMap(one)) return false;
  const { rules } = one;
  return !Array.isArray(rules) || rules.includes(id) || (name !== undefined && rules.includes(name));
}

function contentPart(value: YamlMap): unknown {
  const part = without(value, CONTENT_PROSE) as YamlMap;
  return part['parameters'] === undefined ? part : { ...part, parameters: withoutUnits(part['parameters']) };
}

/** Sigma detections as Elasticsearch queries, and the index that the queries ask. */
export { compileQuery, type Compiled } from './compile';
export {
  typedIndex,
  untypedIndex,
  type IndexBody,
  type IndexFields,
  type IndexFieldType,
  type MappedField,
  type Needs,
} from './mapping';
export type { Oddity } from './oddity';
export type { Query } from './query';

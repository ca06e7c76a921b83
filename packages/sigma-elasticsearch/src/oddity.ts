/**
 * `null`: holds a null, an empty list or an empty object, which leave no trace in an index.
 * `text`: holds half a surrogate pair, which an index doesn't keep.
 * `letters`: holds letters that Java may not fold as we do; it matters to queries that have such letters in them.
 * `address`: holds a text that Java may read as another address than we do, or as one at all.
 * `number`: holds a text that Java reads as another number than JSON, or as one at all.
 * `shape`: has keys that Elasticsearch refuses, or is too deep for it, so that only its text was indexed.
 */
export type Oddity = 'null' | 'text' | 'letters' | 'address' | 'number' | 'shape';

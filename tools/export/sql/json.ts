/**
 * How an engine reads JSON. A JSON value that is missing is null in SQL, and JSON's own null is a value. A list is the engine's own list of JSON values.
 */
export interface JsonOperators {
  /** The JSON that a text is. */
  parse(text: string): string;
  /** What stands below the keys of nested maps. */
  at(json: string, keys: readonly string[]): string;
  /** The text of a text, of a number as JavaScript writes it, or of a truth value; null for anything else. */
  scalar(json: string): string;
  /** The scalar that a value is, or the only one in the list that it is; else null. */
  single(json: string): string;
  /** The elements of the list that a value is; of any other value that itself, and of null none. */
  elements(json: string): string;
  /** Of a map with data for keys, its values as maps that have their key under `name`; of a list its maps that have a text there. */
  entries(json: string): string;
  /** The lists that an expression gives for the elements of a list, one after the other. */
  spread(list: string, variable: string, each: (element: string) => string): string;
  keep(list: string, variable: string, test: (element: string) => string): string;
  first(list: string): string;
  isEmpty(list: string): string;
  /** What an expression gives for each element, as a list of its type without nulls; null, or empty in engines that have no null for a list, where there is nothing. */
  values(list: string, variable: string, each: (element: string) => string): string;
}

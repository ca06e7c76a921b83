import { causesFirst, type Diagnostic } from './diagnostics/diagnostic';
import { decodeSource } from './yaml/decode';
import { parseYaml } from './yaml/yaml';
import type { Filter, Rule } from './rules/model';
import { parseSigma } from './rules/parse';
import type { Placeholders } from './rules/transform';

export interface ParseOptions {
  /** What diagnostics call the text; `rule.yml` by default. */
  file?: string;
  /** Values for `%name%` under the modifier `expand`. A placeholder without values is an error. */
  placeholders?: Placeholders;
}

export interface Parsed {
  /** Detection rules and correlations without an error, in the order of the documents; the filters have been applied to them. */
  rules: Rule[];
  filters: Filter[];
  /** Everything that is wrong, in the order of files and positions, what follows from other findings after these. A rule with an error is in no other list. */
  diagnostics: Diagnostic[];
}

/**
 * Parses the Sigma documents of a YAML text. Whatever the text is, this ends soon and throws nothing: what is wrong is a
 * diagnostic, also where a limit is passed.
 */
export function parse(text: string, { file = 'rule.yml', placeholders }: ParseOptions = {}): Parsed {
  const source = decodeSource(file, new TextEncoder().encode(text));
  const yaml =
    source.text === null
      ? { documents: [], diagnostics: source.diagnostics, unread: [] }
      : parseYaml(file, source.text);
  const { rules, filters, diagnostics } = parseSigma(yaml.documents, { placeholders, unread: yaml.unread });
  return { rules, filters, diagnostics: [...yaml.diagnostics, ...diagnostics].sort(causesFirst) };
}

import { causesFirst, type Diagnostic } from '../content/diagnostic';
import { decodeSource } from '../content/decode';
import { parseYaml } from '../content/yaml';
import { loadRules } from '../sigma/load';
import type { Filter, Rule } from '../sigma/model';
import { parseSigma, type SigmaOptions } from '../sigma/parse';

export interface ParseOptions extends SigmaOptions {
  /** What diagnostics call the text; `rule.yml` by default. */
  file?: string;
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
 * diagnostic, also where a limit is passed (`docs/limits.md`).
 */
export function parse(text: string, { file = 'rule.yml', ...options }: ParseOptions = {}): Parsed {
  const source = decodeSource(file, Buffer.from(text));
  const yaml =
    source.text === null
      ? { documents: [], diagnostics: source.diagnostics, unread: [] }
      : parseYaml(file, source.text);
  const { rules, filters, diagnostics } = parseSigma(yaml.documents, { ...options, unread: yaml.unread });
  return { rules, filters, diagnostics: [...yaml.diagnostics, ...diagnostics].sort(causesFirst) };
}

/**
 * Parses files, and all `*.yml` and `*.yaml` of folders, as one whole: correlations and filters may refer to rules of other
 * files. Throws a `Failure` where a path matches nothing or can't be read; everything else is as in `parse`.
 */
export function parseFiles(paths: readonly string[], options: SigmaOptions = {}): Parsed {
  const { rules, filters, diagnostics } = loadRules([...paths], options.placeholders);
  return { rules, filters, diagnostics: diagnostics.sort(causesFirst) };
}

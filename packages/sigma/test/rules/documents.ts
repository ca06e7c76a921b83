import { parseYaml, type YamlDocument } from '../../src/yaml/yaml';
import { parseSigma, type Sigma, type SigmaOptions } from '../../src/rules/parse';

/** Parses YAML text as one file `rule.yml`. */
export function sigma(text: string, options?: SigmaOptions): Sigma {
  const { documents, diagnostics } = parseYaml('rule.yml', text);
  const result = parseSigma(documents, options);
  return { ...result, diagnostics: [...diagnostics, ...result.diagnostics] };
}

/** A document made of a value, for tests that are about values and not about places. */
export function documentOf(value: unknown): YamlDocument {
  return { file: 'rule.yml', index: 0, value, position: () => ({ line: 1, column: 1 }) };
}

/** A rule around a detection section. */
export function ruleOf(detection: unknown): YamlDocument {
  return documentOf({ title: 'A rule', logsource: { product: 'test' }, detection });
}

import type { Diagnostic } from '../content/diagnostic';
import { Failure } from '../content/failure';
import { findYaml } from '../content/find';
import { loadYaml } from '../content/yaml';
import { parseSigma, type Sigma } from './parse';
import type { Placeholders } from './transform';

export interface LoadedRules extends Sigma {
  /** How many files were read. */
  files: number;
}

/**
 * Reads the Sigma rules of files and folders. What is wrong in them is a diagnostic, and stops no other rule. Throws a `Failure`
 * (2) for a path that holds nothing.
 */
export function loadRules(paths: string[], placeholders: Placeholders = {}): LoadedRules {
  const files = findYaml(paths);
  const diagnostics: Diagnostic[] = [];
  const documents = files.flatMap((file) => {
    const loaded = loadYaml(file);
    diagnostics.push(...loaded.diagnostics);
    return loaded.documents;
  });
  const sigma = parseSigma(documents, { placeholders });
  return { ...sigma, diagnostics: [...diagnostics, ...sigma.diagnostics], files: files.length };
}

/** Values for placeholders, from a YAML map of name → value or list of values. Throws a `Failure` (1) for anything else. */
export function loadPlaceholders(path: string): Placeholders {
  const { documents, diagnostics } = loadYaml(path);
  const wrong = diagnostics[0];
  if (wrong) throw new Failure(1, `${wrong.file}:${wrong.line}:${wrong.column}: ${wrong.message}`, wrong.hint);
  const value = documents[0]?.value;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Failure(1, `${path} is no map of placeholders`, 'write name: [value, …]');
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => {
      const values: unknown[] = Array.isArray(each) ? each : [each];
      if (values.every((one) => typeof one === 'string' || typeof one === 'number')) return [name, values.map(String)];
      throw new Failure(1, `${path}: the values of ${name} are no texts or numbers`, 'write name: [value, …]');
    }),
  );
}

import type { Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import { changeParameters, type GivenParameter, type ParameterChange } from '../parameters/change';
import { Failure } from '../../foundation/content/failure';
import { findYaml } from '../../foundation/content/find';
import { isMap } from '@tollgate/sigma/values/map';
import { textOf } from '@tollgate/sigma/values/scalar';
import { loadOneDocument } from '../../foundation/content/one-document';
import { loadYaml } from '../../foundation/content/load-yaml';
import { type Unread } from '@tollgate/sigma/yaml/yaml';
import { parseSigma, type Sigma } from '@tollgate/sigma/rules/parse';

import { templateWarnings, withoutTemplates } from '@tollgate/sigma/rules/templates';
import type { Placeholders } from '@tollgate/sigma/rules/transform';

export interface LoadedRules extends Sigma {
  /** The parameters that have other values than in their files. */
  changes: ParameterChange[];
  /** How many files were read. */
  files: number;
}

/**
 * Reads the Sigma rules of files and folders. What is wrong in them is a diagnostic, and stops no other rule. Throws a `Failure`
 * (2) for a path that holds nothing, a parameter that there is not, and a value that does not fit it.
 */
export function loadRules(
  paths: string[],
  placeholders: Placeholders = {},
  parameters: readonly GivenParameter[] = [],
): LoadedRules {
  const files = findYaml(paths);
  const diagnostics: Diagnostic[] = [];
  const unread: Unread[] = [];
  const written = files.flatMap((file) => {
    const loaded = loadYaml(file);
    diagnostics.push(...loaded.diagnostics);
    unread.push(...loaded.unread);
    return loaded.documents;
  });
  const { documents, changes } = changeParameters(written, parameters);
  const { documents: complete, templates } = withoutTemplates(documents, placeholders);
  const sigma = parseSigma(complete, { placeholders, unread });
  diagnostics.push(...sigma.diagnostics, ...templateWarnings(templates));
  return { ...sigma, diagnostics, changes, files: files.length };
}

/** Reads the values of placeholders from a YAML map of name → value or list of values. Throws a `Failure` (2) for anything else. */
export function loadPlaceholders(path: string): Placeholders {
  const hint = 'write `name: [first, second]`';
  const { documents, diagnostics } = loadOneDocument(path, 'map of placeholders');
  const [wrong] = diagnostics;
  if (wrong) throw new Failure(2, `${wrong.file}:${wrong.line}:${wrong.column}: ${wrong.message}`, wrong.hint);
  const value = documents[0]?.value;
  if (!isMap(value) || Object.keys(value).length === 0) throw new Failure(2, `${path} holds no placeholders`, hint);
  const { written } = documents[0]!;
  const values = Object.entries(value).map(([name, list]): [string, string[]] => {
    const texts = [list].flat().map((each: unknown, index) => {
      if (typeof each === 'string' || textOf(each) === null) return each;
      // As in a rule under `expand`, what is no text is the text that is written.
      return written?.(Array.isArray(list) ? [name, index] : [name]) ?? textOf(each);
    });
    if (texts.every((each) => typeof each === 'string')) return [name, texts];
    throw new Failure(2, `${path}: '${name}' must be a list of texts`, hint);
  });
  return Object.fromEntries(values);
}

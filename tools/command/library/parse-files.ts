import type { Parsed, ParseOptions } from '@tollgate/sigma';
import { causesFirst } from '@tollgate/sigma/diagnostics/diagnostic';
import { loadRules } from '../../detection/rules/load';

/**
 * Parses files, and all `*.yml` and `*.yaml` of folders, as one whole: correlations and filters may refer to rules of other
 * files. Throws a `Failure` where a path matches nothing or can't be read; everything else is as in `parse`.
 */
export function parseFiles(
  paths: readonly string[],
  { placeholders }: Pick<ParseOptions, 'placeholders'> = {},
): Parsed {
  const { rules, filters, diagnostics } = loadRules([...paths], placeholders);
  return { rules, filters, diagnostics: diagnostics.sort(causesFirst) };
}

import type { Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import { misfitDiagnostic } from '../../foundation/content/misfit';
import { schemaDiagnostics } from '../../foundation/content/schema';
import { didYouMean } from '@tollgate/sigma/diagnostics/suggest';
import { loadOneDocument } from '../../foundation/content/one-document';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import { parametersOf } from '../../detection/parameters/declared';

/** What an analytic of ATT&CK leaves to a site to set, and our parameters that stand for it. */
export interface AttackMapping {
  technique: string;
  strategy: string;
  analytic: string;
  attack_version: string;
  elements: { name: string; meaning: string; parameters: MappedParameter[] }[];
}

export interface MappedParameter {
  file: string;
  parameter: string;
  /** Of the rule or query. */
  title: string;
  /** As it is set, such as 20 or 10m. */
  value: string;
}

interface Written {
  technique: string;
  strategy: string;
  analytic: string;
  attack_version: string;
  elements: Record<string, { meaning: string; parameters: { file: string; parameter: string }[] }>;
}

/**
 * Reads the mapping in a file and looks up each parameter in the documents of the rules and queries. Diagnostics are
 * its errors: of its form, and of files and parameters that are not there; there is no mapping then.
 */
export function loadAttackMapping(
  file: string,
  documents: YamlDocument[],
): { mapping: AttackMapping | null; diagnostics: Diagnostic[] } {
  const loaded = loadOneDocument(file, 'mapping');
  const [document] = loaded.documents;
  const diagnostics = [...loaded.diagnostics, ...(document ? schemaDiagnostics('attack', document) : [])];
  if (!document || diagnostics.length > 0) return { mapping: null, diagnostics };
  const { elements, ...about } = document.value as Written;
  const mapped = Object.entries(elements).map(([name, { meaning, parameters }]) => ({
    name,
    meaning,
    parameters: parameters.flatMap((one, index): MappedParameter[] => {
      const found = lookUp(one, documents);
      if ('title' in found) return [{ ...one, ...found }];
      const path = ['elements', name, 'parameters', index, found.key];
      diagnostics.push(misfitDiagnostic(document, { path, part: 'value', code: 'unknown-parameter', ...found }));
      return [];
    }),
  }));
  return { mapping: diagnostics.length > 0 ? null : { ...about, elements: mapped }, diagnostics };
}

type Found = { title: string; value: string } | { key: 'file' | 'parameter'; message: string; hint: string };

function lookUp({ file, parameter }: { file: string; parameter: string }, documents: YamlDocument[]): Found {
  const here = documents.filter((document) => document.file === file);
  if (here.length === 0) {
    const hint = didYouMean(file, [...new Set(documents.map((document) => document.file))]);
    return { key: 'file', message: `there is no rule or query '${file}'`, hint };
  }
  const parameters = parametersOf(here);
  const one = parameters.find(({ name }) => name === parameter);
  if (one) return { title: one.owner.title, value: `${one.value}${one.suffix}` };
  const names = parameters.map(({ name }) => name);
  return { key: 'parameter', message: `'${file}' has no parameter '${parameter}'`, hint: didYouMean(parameter, names) };
}

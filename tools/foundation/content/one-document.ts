import { misfitDiagnostic } from './misfit';
import { loadYaml } from './load-yaml';
import { type YamlFile } from '@tollgate/sigma/yaml/yaml';

/** Reads a file that holds one document, such as a plan: a further one, which nothing would read, is a finding. */
export function loadOneDocument(path: string, what: string): YamlFile {
  const { documents, diagnostics, unread } = loadYaml(path);
  const further = documents.slice(1).map((document) =>
    misfitDiagnostic(document, {
      path: [],
      code: 'several-documents',
      message: `a file holds one ${what}, but this is a further document`,
      hint: 'move it to a file of its own',
    }),
  );
  return { documents: documents.slice(0, 1), diagnostics: [...diagnostics, ...further], unread };
}

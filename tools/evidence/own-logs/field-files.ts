import { contentName } from '../../foundation/content/find';
import type { Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import { misfitDiagnostic } from '../../foundation/content/misfit';
import { loadOneDocument } from '../../foundation/content/one-document';
import { schemaDiagnostics } from '../../foundation/content/schema';
import type { FieldEvidence } from './field-evidence';

/** Reads the evidence that sites gave, one file a site. What has an error is no evidence, and is told. */
export function loadFieldEvidence(files: string[]): { evidence: FieldEvidence[]; diagnostics: Diagnostic[] } {
  const evidence = new Map<string, FieldEvidence>();
  const diagnostics: Diagnostic[] = [];
  for (const file of files) {
    const loaded = loadOneDocument(file, "site's evidence");
    const [document] = loaded.documents;
    const found = [...loaded.diagnostics, ...(document ? schemaDiagnostics('field-evidence', document) : [])];
    if (document && found.length === 0) {
      const value = document.value as FieldEvidence;
      if (value.site !== contentName(file)) {
        const message = `the site is '${value.site}', but its file is called '${contentName(file)}'`;
        const hint = 'a site has one file, of its name';
        found.push(
          misfitDiagnostic(document, { path: ['site'], part: 'value', code: 'wrong-file-name', message, hint }),
        );
      } else evidence.set(value.site, value);
    }
    diagnostics.push(...found);
  }
  return { evidence: [...evidence.values()], diagnostics };
}

import { basename, extname } from 'node:path';
import { byPosition, type Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import { isMap } from '@tollgate/sigma/values/map';
import { yamlAt } from '../../foundation/content/find';
import { misfitDiagnostic, type Misfit } from '../../foundation/content/misfit';
import { loadOneDocument } from '../../foundation/content/one-document';
import { schemaDiagnostics } from '../../foundation/content/schema';
import { platformOf, type ActFile } from './act';

export interface LoadedActs {
  /** In the order of the files. A file with an error is left out. */
  files: ActFile[];
  /** Ids that stand in any file, be it one with errors: who names them is right. */
  ids: ReadonlySet<string>;
  diagnostics: Diagnostic[];
}

/** Reads the acts of platforms at paths, folders or files, `<platform>.yml` each. A path where nothing is has none. */
export function loadActs(paths: string | string[]): LoadedActs {
  const files: ActFile[] = [];
  const ids = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  for (const path of [paths].flat().flatMap(yamlAt)) {
    const loaded = loadOneDocument(path, "platform's acts");
    diagnostics.push(...loaded.diagnostics);
    const [document] = loaded.documents;
    if (!document) continue;
    const found = schemaDiagnostics('acts', document);
    if (found.length === 0) {
      const file = document.value as ActFile;
      const wrong = [...nameMisfits(file, document.file), ...idMisfits(file, ids)];
      found.push(...wrong.map((misfit) => misfitDiagnostic(document, misfit)));
      if (found.length === 0 && loaded.diagnostics.length === 0) files.push(file);
    }
    for (const id of idsIn(document.value)) ids.add(id);
    diagnostics.push(...found);
  }
  return { files, ids, diagnostics: diagnostics.sort(byPosition) };
}

function idsIn(value: unknown): string[] {
  const acts = isMap(value) ? value['acts'] : undefined;
  const ids = Array.isArray(acts) ? acts.map((act: unknown) => (isMap(act) ? act['id'] : undefined)) : [];
  return ids.filter((id) => typeof id === 'string');
}

function nameMisfits({ platform }: ActFile, file: string): Misfit[] {
  if (basename(file, extname(file)) === platform) return [];
  const message = `the platform is '${platform}', but its file is called '${basename(file)}'`;
  return [
    { path: ['platform'], part: 'value', code: 'wrong-file-name', message, hint: `rename it to ${platform}.yml` },
  ];
}

function idMisfits({ platform, acts }: ActFile, others: ReadonlySet<string>): Misfit[] {
  const before = new Set(others);
  return acts.flatMap(({ id }, index): Misfit[] => {
    const path = ['acts', index, 'id'];
    const wrong: Misfit[] = [];
    if (platformOf(id) !== platform)
      wrong.push({
        path,
        part: 'value',
        code: 'wrong-act-id',
        message: `'${id}' is not an id for an act on '${platform}'`,
        hint: `begin it with '${platform}.'`,
      });
    if (before.has(id))
      wrong.push({
        path,
        part: 'value',
        code: 'duplicate-act',
        message: `there is an act '${id}' already`,
        hint: 'give each its own id',
      });
    before.add(id);
    return wrong;
  });
}

import { basename, dirname, extname } from 'node:path';
import { byPosition, type Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import { yamlAt } from '../foundation/content/find';
import { misfitDiagnostic, type Misfit } from '../foundation/content/misfit';
import { loadOneDocument } from '../foundation/content/one-document';
import { schemaDiagnostics } from '../foundation/content/schema';
import type { Contract } from './contract';
import type { Shape } from './shape';
import { shapeMisfits } from './shape-misfits';

export interface LoadedShapes {
  /** In the order of the files. Shapes with an error are left out. */
  shapes: Shape[];
  diagnostics: Diagnostic[];
}

/** Reads the shapes of indices at paths, folders or files, and checks each against its schema and its contract. A path where nothing is has none. */
export function loadShapes(paths: string | string[], contracts: ReadonlyMap<string, Contract>): LoadedShapes {
  const shapes: Shape[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const path of [paths].flat().flatMap(yamlAt)) {
    const loaded = loadOneDocument(path, 'shape');
    diagnostics.push(...loaded.diagnostics);
    const [document] = loaded.documents;
    if (!document) continue;
    const found = schemaDiagnostics('index-shape', document);
    if (found.length === 0) {
      const shape = document.value as Shape;
      const wrong = [...placeMisfits(shape, document.file), ...shapeMisfits(shape, contracts)];
      found.push(...wrong.map((misfit) => misfitDiagnostic(document, misfit)));
      if (found.length === 0 && loaded.diagnostics.length === 0) shapes.push(shape);
    }
    diagnostics.push(...found);
  }
  return { shapes, diagnostics: diagnostics.sort(byPosition) };
}

function placeMisfits({ id, platform }: Shape, file: string): Misfit[] {
  const [name, folder] = [basename(file, extname(file)), basename(dirname(file))];
  const misfit = (key: string, message: string, hint: string): Misfit => ({
    path: [key],
    part: 'value',
    code: 'wrong-file-name',
    message,
    hint,
  });
  if (name !== id)
    return [
      misfit('id', `the shape is of '${id}', but its file is called '${basename(file)}'`, `rename it to ${id}.yml`),
    ];
  if (folder !== platform)
    return [
      misfit('platform', `the platform is '${platform}', but the folder is '${folder}'`, `move it to ${platform}`),
    ];
  return [];
}

import type { Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import { didYouMean } from '@tollgate/sigma/diagnostics/suggest';
import { misfitDiagnostic, type Misfit } from '../../foundation/content/misfit';
import { loadOneDocument } from '../../foundation/content/one-document';
import { schemaDiagnostics } from '../../foundation/content/schema';
import type { World } from '../../simulate/world';

/** The logs of a kind of site: who asks for its codes, who sends them, what stands before its forms. */
export interface Stack {
  name: string;
  title: string;
  /** Its log sources, the easiest to have first. */
  sources: string[];
  /** Those that it could have besides, the easiest first. */
  further: string[];
  /** Worlds that record all of its sources. */
  worlds: string[];
}

type Written = Omit<Stack, 'name' | 'further'> & { further?: string[] };

/**
 * Reads the stacks in a file, for content that has these sources and worlds. Diagnostics are its errors: of its form, and of sources and worlds that are
 * not there or don't fit each other; there are no stacks then.
 */
export function loadStacks(
  file: string,
  sources: string[],
  worlds: Pick<World, 'name' | 'sources'>[],
): { stacks: Stack[] | null; diagnostics: Diagnostic[] } {
  const loaded = loadOneDocument(file, 'list of stacks');
  const [document] = loaded.documents;
  const diagnostics = [...loaded.diagnostics, ...(document ? schemaDiagnostics('stacks', document) : [])];
  if (!document || diagnostics.length > 0) return { stacks: null, diagnostics };
  const written = Object.entries((document.value as { stacks: Record<string, Written> }).stacks);
  const stacks = written.map(([name, { further = [], ...one }]) => ({ name, ...one, further }));
  const misfits = stacks.flatMap((stack) => misfitsOf(stack, sources, worlds));
  return misfits.length === 0
    ? { stacks, diagnostics }
    : { stacks: null, diagnostics: misfits.map((misfit) => misfitDiagnostic(document, misfit)) };
}

function misfitsOf(stack: Stack, sources: string[], worlds: Pick<World, 'name' | 'sources'>[]): Misfit[] {
  const unknown = (key: 'sources' | 'further'): Misfit[] =>
    stack[key].flatMap((source, index): Misfit[] => {
      const path = ['stacks', stack.name, key, index];
      if (!sources.includes(source)) {
        const message = `there is no log source '${source}'`;
        return [{ path, code: 'unknown-source', message, hint: didYouMean(source, sources) }];
      }
      if (key === 'sources' || !stack.sources.includes(source)) return [];
      const message = `'${source}' is one of the stack's own sources`;
      return [{ path, code: 'wrong-value', message, hint: 'name it once' }];
    });
  const names = worlds.map(({ name }) => name);
  const unfit = stack.worlds.flatMap((name, index): Misfit[] => {
    const path = ['stacks', stack.name, 'worlds', index];
    const world = worlds.find((one) => one.name === name);
    if (!world) {
      const message = `there is no world '${name}'`;
      return [{ path, code: 'unknown-world', message, hint: didYouMean(name, names) }];
    }
    const lacks = stack.sources.filter((source) => !world.sources.includes(source));
    if (lacks.length === 0) return [];
    const message = `${name} does not record ${lacks.join(', ')}`;
    return [
      { path, code: 'wrong-value', message, hint: 'a stack is measured in worlds that record all of its sources' },
    ];
  });
  return [...unknown('sources'), ...unknown('further'), ...unfit];
}

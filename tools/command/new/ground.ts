import { didYouMean } from '@tollgate/sigma/diagnostics/suggest';
import { Failure } from '../../foundation/content/failure';
import type { Contract } from '../../telemetry/contract';
import { findLayout, hasContent, type Layout } from '../check/layout';
import { loadContent, type Loaded } from '../check/load';

/** The repository of content in which something new is made. */
export interface NewGround {
  layout: Layout;
  loaded: Loaded;
}

/** The content of the working directory. Throws a `Failure` (2) where there is none: nothing is written elsewhere. */
export function groundHere(): NewGround {
  if (!hasContent('.'))
    throw new Failure(2, 'there are no rules, queries or datasets here', "change to the repository's folder");
  const layout = findLayout([]);
  return { layout, loaded: loadContent(layout) };
}

/** The contract of a source. Throws a `Failure` (2) where there is none. */
export function contractNamed({ loaded }: NewGround, id: string): Contract {
  const { contracts } = loaded.content;
  const found = contracts.get(id);
  if (found) return found;
  throw new Failure(2, `there is no log source '${id}'`, didYouMean(id, contracts.keys()));
}

/** Throws a `Failure` (2) where there is no scenario of this kind and name, or it is one that no rule may name. */
export function requireScenario({ loaded }: NewGround, name: string, kind: 'benign' | 'malicious'): void {
  const names = loaded.content.scenarios.flatMap((one) => (one.kind === kind ? one.name : []));
  if (loaded.independent.scenarios.some((one) => one.name === name))
    throw new Failure(
      2,
      `scenario '${name}' is written independently of the rules, so that none may name it`,
      `choose a ${kind} one that \`tollgate list scenarios\` does not call independent`,
    );
  if (!names.includes(name)) throw new Failure(2, `there is no ${kind} scenario '${name}'`, didYouMean(name, names));
}

/** Throws a `Failure` (2) where one of these has the name already, or it is none of a scenario or world. */
export function requireFile(name: string, there: readonly { name: string; file: string }[]): void {
  if (!/^[a-z0-9][a-z0-9-]{2,63}$/.test(name))
    throw new Failure(
      2,
      `'${name}' is not a name for a scenario or world`,
      'use lower-case letters, digits and hyphens',
    );
  const taken = there.find((one) => one.name === name);
  if (taken) throw new Failure(2, `${taken.file} has this name already`, 'choose another name');
}

import { Failure } from '../../foundation/content/failure';
import type { Position } from '@tollgate/sigma/diagnostics/diagnostic';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import { caseRunner, eventsOf, placeCases, type CaseContent } from '../replay/case-outcomes';
import type { Progress } from '../../detection/engine/execution';
import type { Mutation } from './change';
import { RememberingEngine } from './remember';
import { meaningOf, type Subject } from './subject';

/** What became of one change of a rule or query. */
export interface Mutant {
  /** Where and what, such as `correlation.group-by: without asset.id`: its name among those of its subject. */
  name: string;
  /** Of the changed place. */
  file: string;
  position: Position;
  /** A case told it from the original; none did; or no event can, which is plain from the two. */
  outcome: 'killed' | 'survived' | 'equivalent';
  /** A case that told them apart. */
  killedBy?: string;
}

export interface Mutated {
  id: string;
  title: string;
  file: string;
  mutants: Mutant[];
}

const QUIET: Progress = { update: () => undefined };

/**
 * Changes each subject in every way, one at a time, and runs its cases of `documents` on it in memory. Throws a `Failure` (1)
 * where the unchanged rule or query fails one of its cases, since that says nothing about its mutants.
 */
export async function mutate(subjects: Subject[], documents: YamlDocument[], progress: Progress): Promise<Mutated[]> {
  const results: Mutated[] = [];
  for (const [done, subject] of subjects.entries()) {
    progress.update(`mutating ${done + 1} of ${subjects.length} · ${subject.title}`, done, subjects.length);
    results.push(await mutateOne(subject, documents));
  }
  return results;
}

async function mutateOne(subject: Subject, documents: YamlDocument[]): Promise<Mutated> {
  const { id, title, file, content } = subject;
  const cases = placeCases(documents, content);
  const events = [...eventsOf(cases, content.contracts)];
  const engine = new RememberingEngine();
  const failing = async (changed: CaseContent): Promise<string | undefined> => {
    const run = await caseRunner(events, changed, engine, QUIET);
    const at = cases.findIndex((placed) => run(placed).result.alerts.length !== placed.one.alerts);
    if (at < 0) return undefined;
    // What noticed one change is likely to notice the next.
    const [found] = cases.splice(at, 1);
    cases.unshift(found!);
    return found!.one.name;
  };
  const broken = await failing(content);
  if (broken !== undefined)
    throw new Failure(1, `${title}: the case '${broken}' fails without any change`, 'see what `tollgate test` says');
  const meaning = meaningOf(content);
  const mutants = new Map<string, Mutant>();
  for (const change of subject.changes) {
    const name = nameOf(change, subject);
    const changed = mutants.has(name) ? null : subject.after(change);
    if (!changed) continue;
    const place = { name, file: change.document.file, position: change.document.position(change.path) };
    if (meaningOf(changed) === meaning) mutants.set(name, { ...place, outcome: 'equivalent' });
    else {
      const killedBy = await failing(changed);
      mutants.set(name, {
        ...place,
        ...(killedBy === undefined ? { outcome: 'survived' } : { outcome: 'killed', killedBy }),
      });
    }
  }
  return { id, title, file, mutants: [...mutants.values()] };
}

/** The changed place by its keys, after the name of the rule to which the subject refers where it is one of those. */
function nameOf({ document, path, what }: Mutation, subject: Subject): string {
  const { id, name, title } = document.value as Record<string, string | undefined>;
  const keys = path.filter((step) => typeof step === 'string').join('.');
  return `${id === subject.id ? '' : `${name ?? title}: `}${keys}: ${what}`;
}

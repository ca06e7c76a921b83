import type { Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import { schemaDiagnostics } from '../../foundation/content/schema';
import { didYouMean } from '@tollgate/sigma/diagnostics/suggest';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import { Reporter } from '@tollgate/sigma/rules/reporter';
import type { Mutant, Mutated } from './run';

/** A mutant that is known to survive. */
export interface Survivor {
  /** Id of the rule or query. */
  rule: string;
  /** Its name, see `Mutant`. */
  mutant: string;
  /** Why no case can kill it. */
  reason: string;
}

/** A mutant that no case noticed; without a reason it is a finding. */
export interface Surviving extends Mutant {
  reason?: string;
}

/** What a run says of the mutants of one rule or query. */
export interface MutantVerdict extends Omit<Mutated, 'mutants'> {
  killed: number;
  /** Those that no event can tell from the original, which count for nothing. */
  equivalent: number;
  survivors: Surviving[];
}

export interface JudgedMutants {
  verdicts: MutantVerdict[];
  /** A survivor without a reason; a reason for what is no survivor, at its place in the list. */
  diagnostics: Diagnostic[];
}

/**
 * Holds what survived against the list of those that may, a document of `datasets/mutants.yml`; null where there is none.
 * `ids` are those of all rules and queries: a listed one of them that was not mutated is not looked at.
 */
export function judge(results: Mutated[], list: YamlDocument | null, ids: Iterable<string>): JudgedMutants {
  const misfits = list ? schemaDiagnostics('mutants', list) : [];
  const listed = list && misfits.length === 0 ? (list.value as { survivors: Survivor[] }).survivors : [];
  const reasonOf = new Map(listed.map(({ rule, mutant, reason }) => [`${rule} ${mutant}`, reason]));
  const verdicts = results.map(({ mutants, ...subject }): MutantVerdict => {
    const of = (outcome: Mutant['outcome']): Mutant[] => mutants.filter((mutant) => mutant.outcome === outcome);
    return {
      ...subject,
      killed: of('killed').length,
      equivalent: of('equivalent').length,
      survivors: of('survived').map((mutant) => ({ ...mutant, reason: reasonOf.get(`${subject.id} ${mutant.name}`) })),
    };
  });
  const unlisted = verdicts.flatMap(({ title, survivors }) =>
    survivors.filter(({ reason }) => reason === undefined).map((mutant) => finding(mutant, title)),
  );
  // A base rule is mutated with each of the rules that refer to it.
  const placeOf = ({ file, line, column, message }: Diagnostic): string => `${file}:${line}:${column} ${message}`;
  const once = [...new Map([...unlisted].reverse().map((one) => [placeOf(one), one])).values()].reverse();
  const stale = list && misfits.length === 0 ? staleReasons(listed, list, results, new Set(ids)) : [];
  return { verdicts, diagnostics: [...misfits, ...once, ...stale] };
}

function finding({ name, file, position }: Mutant, title: string): Diagnostic {
  return {
    file,
    ...position,
    severity: 'error',
    code: 'surviving-mutant',
    message: `no case notices this change: ${name}`,
    hint: 'add a case to datasets/cases that tells the two apart, or say in datasets/mutants.yml why there is none',
    rule: title,
  };
}

/** Entries of the list about what is no survivor any more, or never was. */
function staleReasons(
  listed: Survivor[],
  list: YamlDocument,
  results: Mutated[],
  ids: ReadonlySet<string>,
): Diagnostic[] {
  const reporter = new Reporter(list);
  const seen = new Set<string>();
  for (const [index, { rule, mutant: name }] of listed.entries()) {
    const at = (key: string) => ['survivors', index, key];
    const key = `${rule} ${name}`;
    if (seen.has(key)) reporter.error('duplicate-entry', at('mutant'), `'${name}' is listed twice`, 'remove one');
    seen.add(key);
    const result = results.find(({ id }) => id === rule);
    if (!result) {
      if (ids.has(rule)) continue;
      reporter.error(
        'unknown-rule',
        at('rule'),
        `there is no rule or query with the id ${rule}`,
        didYouMean(rule, ids),
      );
      continue;
    }
    const found = result.mutants.find((mutant) => mutant.name === name);
    if (!found) {
      const hint = didYouMean(
        name,
        result.mutants.map((mutant) => mutant.name),
      );
      reporter.error('unknown-mutant', at('mutant'), `'${result.title}' has no mutant '${name}'`, hint);
    } else if (found.outcome !== 'survived') {
      const why = found.killedBy === undefined ? 'no event can notice it' : `the case '${found.killedBy}' notices it`;
      reporter.error('killed-mutant', at('mutant'), `'${name}' does not survive: ${why}`, 'remove it from the list');
    }
  }
  return reporter.diagnostics;
}

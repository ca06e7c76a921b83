import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Failure } from '../../foundation/content/failure';
import { contentName } from '../../foundation/content/find';
import { BASE } from './case-events';
import { casesText } from './cases-text';
import type { DetectorDraft } from './draft';
import { nextOfDetector, type Made } from './made';
import { contractNamed, type NewGround } from './ground';
import { queryCases } from './query-cases';
import { queryText } from './query-text';
import type { Answers } from './questions';
import { baseRecord, conditionOf } from './records';
import { ruleCases } from './rule-cases';
import { ruleText } from './rule-text';
import { undecided } from './undecided';
import { tryOut } from './try-out';

/**
 * The files of a new rule or query: itself and its cases, which have been run. Throws a `Failure` (2) where the source's records don't
 * let it fire as its cases say.
 */
export async function makeDetector(kind: DetectorDraft['kind'], answers: Answers, ground: NewGround): Promise<Made> {
  const draft = draftOf(kind, answers, ground);
  const { contract, name } = draft;
  const { root } = ground.layout;
  const record = { contract, record: baseRecord(contract, draft.where), groupBy: draft.groupBy, count: draft.count };
  const cases = kind === 'rule' ? ruleCases(draft, record) : queryCases(draft, record);
  const folder = kind === 'rule' ? 'rules' : 'queries';
  const file = join(root, folder, contract.id.split('.')[0]!, `${name}.yml`);
  const text = kind === 'rule' ? ruleText(draft) : queryText(draft);
  const files = [
    { file, text, was: null },
    {
      file: join(root, 'datasets', 'cases', `${name}.yml`),
      text: casesText({
        title: `Cases of ${draft.title}`,
        rule: draft.id,
        base: { [BASE]: { source: contract.id, record: record.record } },
        cases,
      }),
      was: null,
    },
  ] as const;
  const results = await tryOut(kind, files, ground.loaded.content);
  const failed = results.find(({ passed }) => !passed);
  if (failed)
    throw new Failure(
      2,
      `the records of ${contract.id} don't show it: the case '${failed.name}' has ${failed.got} alerts, not ${failed.expected}`,
      'choose another --group-by or --count, or a smaller --at-least (of countries at most 10)',
    );
  const isAlone = kind === 'rule' && draft.atLeast === 1;
  const survivors = isAlone ? null : undecided({ ...draft, record: record.record }, ground);
  return {
    files: [...files, ...(survivors === null ? [] : [survivors.file])],
    notes: survivors === null ? [] : [survivors.note],
    next: nextOfDetector(file),
  };
}

/** Throws a `Failure` (2) where a rule or query has or had this name, or it is none. */
export function requireFreeName(name: string, { loaded }: NewGround): void {
  if (!/^[a-z][a-z0-9_]{9,63}$/.test(name))
    throw new Failure(
      2,
      `'${name}' is not a name for a rule or query`,
      'use 10 to 64 lower-case letters, digits and underscores',
    );
  const { rules, queries } = loaded.content;
  const taken = [...rules, ...queries].find(({ file }) => contentName(file) === name);
  if (taken) throw new Failure(2, `${taken.file} has this name already`, 'choose another name');
}

function draftOf(kind: DetectorDraft['kind'], answers: Answers, ground: NewGround): DetectorDraft {
  const one = (key: string): string => String(answers[key]);
  const several = (key: string): string[] => [answers[key] ?? []].flat();
  const contract = contractNamed(ground, one('source'));
  return {
    kind,
    contract,
    id: randomUUID(),
    date: new Date().toISOString().slice(0, 10),
    name: one('name'),
    title: one('title'),
    where: several('where').map((text) => conditionOf(text, contract)),
    groupBy: several('groupBy'),
    count: one('count') === 'events' ? null : one('count'),
    atLeast: Number(one('atLeast')),
    within: one('within'),
    level: one('level'),
    shows: several('shows'),
    moment: one('moment'),
    references: several('reference'),
    catches: several('catches'),
    confuses: several('confuses'),
    acts: several('acts'),
  };
}

import { join } from 'node:path';
import { isMap } from '@tollgate/sigma/values/map';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import { platformOf } from '../../detection/acts/act';
import type { Explainable } from '../../evidence/explain/subject';
import { caseFile } from '../../evidence/replay/case-events';
import { Failure } from '../../foundation/content/failure';
import { fieldsOf, type Contract } from '../../telemetry/contract';
import type { Loaded } from '../check/load';
import { translated } from './copy-cases';
import { copied, newNames, type Change } from './copy-document';
import type { Condition } from './draft';
import { contractNamed, type NewGround } from './ground';
import { nextOfDetector, type Made } from './made';
import { mapField, type FieldCounterpart } from './map-fields';
import type { Answers } from './questions';
import { conditionOf, unknownField } from './records';
import { tryOut } from './try-out';
import { casesText } from './cases-text';
import { undecided } from './undecided';
import { block, modeline } from './yaml';

/** A rule or query that is there, and the content in which it was found. */
export interface Neighbour {
  subject: Explainable;
  loaded: Loaded;
}

/**
 * The files of a copy of a neighbour, on its own source or on another, whose fields and records its own are mapped to. Throws a
 * `Failure` (2) that names every field and selection without a counterpart which the author did not give.
 */
export async function copyDetector({ subject, loaded }: Neighbour, answers: Answers, ground: NewGround): Promise<Made> {
  const { kind } = subject;
  const name = String(answers['name']);
  const [source, ...more] = [...new Set(subject.parts.map(({ contract }) => contract))];
  const target = answers['source'] === undefined ? source! : contractNamed(ground, String(answers['source']));
  const documents = [...loaded.content.rules, ...loaded.content.queries].filter(({ file }) => file === subject.file);
  const isWhole = subject.kind === 'query' || subject.family.every(({ file }) => file === subject.file);
  if (more.length > 0 || !isWhole)
    throw new Failure(2, `${subject.file} is about several sources or files`, 'copy it by hand');
  const values = documents.map(({ value }) => value as Record<string, unknown>);
  const isOther = target.id !== source!.id;
  const mapping = isOther
    ? mappingOf(subject, source!, target, answers)
    : { mapped: [], where: new Map<string, Condition[]>() };
  const fields = new Map(mapping.mapped.map(({ from, to }) => [from, to]));
  const names = newNames(values, name);
  const change: Change = {
    names,
    title: String(answers['title']),
    date: new Date().toISOString().slice(0, 10),
    other: isOther ? { ...target, identity: target.roles.identity } : null,
    fieldOf: (field) => fields.get(field) ?? field,
    where: mapping.where,
    acts: (acts) => actsFor(acts, source!, target, isOther),
  };
  const { id } = subject.kind === 'rule' ? subject.rule : subject.query;
  const cases = casesOf(loaded.content.cases, id);
  const told = isOther
    ? translated(cases, {
        source: source!,
        target,
        fields,
        parts: subject.parts.map(({ title, id: part, plan }) => ({
          name: title,
          plan,
          conditions: mapping.where.get(partName(subject, part)) ?? [],
        })),
      })
    : { file: cases, left: [] };
  const folder = kind === 'rule' ? 'rules' : 'queries';
  const text = values.map((value) => `${block(copied(value, change), 0)}\n`).join('---\n');
  const newId = names.get(id)!;
  const made = (left: readonly string[]) =>
    [
      {
        file: join(ground.layout.root, folder, platformOf(target.id), `${name}.yml`),
        text: `${modeline(`fields/${target.id}`, 2)}\n${text}`,
        was: null,
      },
      {
        file: join(ground.layout.root, 'datasets', 'cases', `${name}.yml`),
        text: casesText({
          ...told.file,
          title: `Cases of ${change.title}`,
          rule: newId,
          cases: told.file.cases.filter((one) => !left.includes(one.name)),
        }),
        was: null,
      },
    ] as const;
  const { content } = ground.loaded;
  // A case whose records mean something else in the other source is left out; that enough are left is checked.
  const failed = (await tryOut(kind, made([]), content)).filter(({ passed }) => !passed).map((one) => one.name);
  const files = made(failed);
  if (failed.length > 0) await tryOut(kind, files, content);
  const left = [...told.left, ...failed];
  const record = Object.values(told.file.base)[0]?.record;
  const groupBy = groupingOf(subject).map(change.fieldOf);
  const survivors = record ? undecided({ id: newId, kind, contract: target, groupBy, record }, ground) : null;
  return {
    files: [...files, ...(survivors === null ? [] : [survivors.file])],
    next: nextOfDetector(files[0].file),
    notes: [
      ...mapping.mapped.map(({ from, to, by }) => `${from} is ${to} (${by})`),
      ...(left.length > 0 ? [`cases that the records of ${target.id} can't tell, left out: ${left.join('; ')}`] : []),
      ...(survivors === null ? [] : [survivors.note]),
    ],
  };
}

/** By which key the conditions of a part are told: a rule's name, or a selection's. */
function partName(subject: Explainable, part: string): string {
  return subject.kind === 'rule' ? (subject.family.find(({ id }) => id === part)?.name ?? part) : part;
}

function mappingOf(subject: Explainable, source: Contract, target: Contract, answers: Answers) {
  const list = (key: string): string[] => [answers[key] ?? []].flat();
  const told = new Map(list('map').map((text) => text.split('=', 2) as [string, string]));
  for (const [from, to] of told) requireType(from, source, to, target);
  const used = new Set(subject.kind === 'query' ? fieldsOfQuery(subject.query) : subject.family.flatMap(fieldsOfRule));
  const found = [...used].map((field) => [field, mapField(field, source, target, told)] as const);
  const lacking = found.flatMap(([field, mapped]) => (mapped === null ? [`${field} (--map ${field}=<field>)`] : []));
  const where = new Map<string, Condition[]>();
  for (const { id, plan } of subject.parts) {
    const name = partName(subject, id);
    const own = list('where').filter((text) => text.startsWith(`${name}:`) || subject.parts.length === 1);
    const conditions = own.map((text) => conditionOf(text.replace(`${name}:`, ''), target));
    if (conditions.length === 0)
      lacking.push(`what '${name}' asks of ${plan.fields.join(', ')} (--where ${name}:<field>=<value>)`);
    where.set(name, conditions);
  }
  if (lacking.length > 0)
    throw new Failure(
      2,
      `${target.id} has no counterpart of ${lacking.join('; ')}`,
      'say what it is called there; docs/sources has the fields',
    );
  return { mapped: found.map(([, mapped]) => mapped as FieldCounterpart), where };
}

/** Throws a `Failure` (2) where the values of a field, which the cases have, can be none of its counterpart. */
function requireType(from: string, source: Contract, to: string, target: Contract): void {
  const [own, other] = [fieldsOf(source)[from], fieldsOf(target)[to]];
  if (other === undefined) throw unknownField(to, target);
  if (own === undefined) throw unknownField(from, source);
  if (other.type === own.type || other.type === 'keyword') return;
  throw new Failure(
    2,
    `'${to}' of ${target.id} is of type ${other.type}, but '${from}' of ${source.id} of type ${own.type}: the cases' values don't fit it`,
    `map it to another field, or make a new one with --source ${target.id} and without --from`,
  );
}

/** The fields by which the rule or query itself groups. */
function groupingOf(subject: Explainable): readonly string[] {
  if (subject.kind === 'query') return subject.query.groupBy;
  return subject.rule.kind === 'correlation' ? subject.rule.groupBy : [];
}

function fieldsOfQuery(query: Extract<Explainable, { kind: 'query' }>['query']): string[] {
  return [...query.groupBy, ...Object.values(query.measures).flatMap(({ field }) => field ?? [])];
}

function fieldsOfRule(rule: Extract<Explainable, { kind: 'rule' }>['family'][number]): string[] {
  return rule.kind === 'correlation' ? [...rule.groupBy, ...(rule.condition.field ?? [])] : [];
}

/** On another platform there are other acts. */
function actsFor(acts: string[], source: Contract, target: Contract, isOther: boolean): string[] {
  if (!isOther || platformOf(source.id) === platformOf(target.id)) return acts;
  const left = acts.filter((act) => platformOf(act) === 'application');
  return left.length > 0 ? left : ['application.refuse-range'];
}

function casesOf(documents: readonly YamlDocument[], id: string) {
  const found = documents.filter(({ value }) => isMap(value) && value['rule'] === id).map(caseFile);
  const [first] = found;
  if (first === undefined) throw new Failure(2, 'it has no cases that could be copied', 'choose another neighbour');
  return {
    ...first,
    base: Object.assign({}, ...found.map(({ base }) => base)) as typeof first.base,
    cases: found.flatMap(({ cases }) => cases),
  };
}

import { parseSigma } from '@tollgate/sigma/rules/parse';
import type { Placeholders } from '@tollgate/sigma/rules/transform';
import type { Rule } from '@tollgate/sigma/rules/model';
import { withoutTemplates } from '@tollgate/sigma/rules/templates';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import { withValues } from '../../detection/parameters/change';
import { parametersOf, type Parameter } from '../../detection/parameters/declared';
import type { Contract } from '../../telemetry/contract';
import type { Explainable } from '../explain/subject';
import type { DetectorMaker, Ground } from '../replay/detector';
import type { RequestBook } from '../replay/matches';
import { bookQueryWithEach } from '../replay/query-detector';
import { bookRules, closure, reported } from '../replay/rule-detector';

/** A value for a parameter, or none: then everything is as it is written. */
export type Setting = { parameter: Parameter; value: number } | null;

/** A rule or query whose parameters can be changed. */
export interface TuneSubject {
  id: string;
  title: string;
  kind: 'rule' | 'query';
  file: string;
  /** The contracts of what it reads. */
  contracts: Map<string, Contract>;
  parameters: Parameter[];
  /** Puts it on the book with each setting; equal detections are asked once, whatever the setting. */
  book(settings: Setting[], dataset: Ground, book: RequestBook): DetectorMaker[];
}

/** Makes what is tuned of a rule or query; `documents` are those of all rules, filters and queries, `placeholders` a site's values for them. */
export function tuneSubjectOf(
  subject: Explainable,
  documents: readonly YamlDocument[],
  contracts: ReadonlyMap<string, Contract>,
  placeholders: Placeholders = {},
): TuneSubject {
  const { id, title, file } = subject.kind === 'rule' ? subject.rule : subject.query;
  const parameters = parametersOf(documents.filter((one) => one.file === file)).filter(({ owner }) => owner.id === id);
  const read = new Set(subject.parts.map(({ contract }) => contract.id));
  const own = new Map([...contracts].filter(([source]) => read.has(source)));
  return {
    ...{ id, title, kind: subject.kind, file, contracts: own, parameters },
    book(settings, dataset, book) {
      if (subject.kind === 'query') {
        // Only formulas read a query's parameters.
        const values = settings.map((setting) => (setting === null ? {} : { [setting.parameter.name]: setting.value }));
        return bookQueryWithEach(subject.query, values, dataset, book);
      }
      return settings.map((setting) => {
        const family =
          setting === null ? subject.family : familyWith(id, setting, subject.family, { documents, placeholders });
        // A rule of the family may have a line of its own in a report.
        const place = reported(family).findIndex((rule) => rule.id === id);
        return bookRules(family, own, dataset, book)[place]!;
      });
    },
  };
}

function familyWith(
  id: string,
  { parameter, value }: NonNullable<Setting>,
  family: readonly Rule[],
  { documents, placeholders }: { documents: readonly YamlDocument[]; placeholders: Placeholders },
): Rule[] {
  const own = documents.filter(({ file, index }) => family.some((one) => one.file === file && one.document === index));
  // A filter can be read only together with all rules that it names.
  const isFiltered = family.some((one) => one.kind === 'detection' && one.filters !== undefined);
  const read = isFiltered ? withoutTemplates(documents, placeholders).documents : own;
  const { rules, diagnostics } = parseSigma(withValues(read, new Map([[parameter, value]])), { placeholders });
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const rule = byId.get(id);
  return rule ? closure(rule, byId) : unreadable(parameter, value, diagnostics[0]?.message);
}

function unreadable({ name }: Parameter, value: number, why = 'nothing is left of it'): never {
  throw new Error(`with ${name} at ${value} it can't be read: ${why}`);
}

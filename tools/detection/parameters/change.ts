import { didYouMean } from '@tollgate/sigma/diagnostics/suggest';
import { isMap } from '@tollgate/sigma/values/map';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import { Failure } from '../../foundation/content/failure';
import { replaced } from '../../foundation/content/replaced';
import { fullName, parametersOf, type Parameter } from './declared';

/** A value that is given for a parameter: `rule.name`, and the text of the number. */
export interface GivenParameter {
  name: string;
  text: string;
}

/** A parameter that has another value than its rule or query gives it; plain JSON. */
export interface ParameterChange {
  /** `rule.name`, by the name of the file. */
  parameter: string;
  value: number;
  was: number;
  unit: string;
  /** The id of the rule or query in which the number stands. */
  of: string;
}

/**
 * The documents with other values for some parameters. A parameter is named by the file's name or the id of the rule or query that
 * declares it, a dot, and its own name. Throws a `Failure` (2) for a name that there is not or that several have, one that is
 * given twice, and a value that does not fit.
 */
export function changeParameters(
  documents: readonly YamlDocument[],
  given: readonly GivenParameter[],
): { documents: YamlDocument[]; changes: ParameterChange[] } {
  const parameters = given.length > 0 ? parametersOf(documents) : [];
  const changed = new Map<Parameter, number>();
  for (const { name, text } of given) {
    const parameter = parameterNamed(name, parameters);
    if (changed.has(parameter)) throw new Failure(2, `the parameter '${name}' was given before`, 'give it once');
    changed.set(parameter, valueFor(parameter, text));
  }
  return {
    documents: withValues(documents, changed),
    changes: [...changed].map(([parameter, value]) => changeOf(parameter, value)),
  };
}

/** The documents with these values for these parameters, which are theirs. */
export function withValues(documents: readonly YamlDocument[], values: ReadonlyMap<Parameter, number>): YamlDocument[] {
  return documents.map((document) =>
    [...values].reduce(
      (now, [parameter, value]) => (parameter.document === document ? changedTo(now, parameter, value) : now),
      document,
    ),
  );
}

export function changeOf(parameter: Parameter, value: number): ParameterChange {
  const { value: was, unit, document } = parameter;
  const of = isMap(document.value) ? String(document.value['id']) : '';
  return { parameter: fullName(parameter), value, was, unit, of };
}

/** The number that a text gives for a parameter. Throws a `Failure` (2) where it does not fit. */
export function valueFor(parameter: Parameter, text: string): number {
  const { suffix, isWhole, range, unit, document } = parameter;
  const name = fullName(parameter);
  const digits = suffix !== '' && text.endsWith(suffix) ? text.slice(0, -1) : text;
  const value = /^-?\d+(?:\.\d+)?(?:e-?\d+)?$/i.test(digits) ? Number(digits) : NaN;
  if (!Number.isFinite(value) || (isWhole && !Number.isSafeInteger(value)))
    throw new Failure(
      2,
      `'${text}' is not a value for the parameter '${name}'`,
      `write a ${isWhole ? 'whole ' : ''}number (${unit})`,
    );
  const [low, high] = range;
  if (value >= low && value <= high) return value;
  throw new Failure(
    2,
    `the parameter '${name}' is ${value}, which is outside its range [${low}, ${high}]`,
    `give a value in it, or widen the range in ${document.file}`,
  );
}

function parameterNamed(name: string, parameters: readonly Parameter[]): Parameter {
  const meant = parameters.filter((one) => [fullName(one), `${one.owner.id}.${one.name}`].includes(name));
  const [parameter, other] = meant;
  if (!parameter)
    throw new Failure(2, `there is no parameter '${name}'`, didYouMean(name, suggestionsFor(name, parameters)));
  if (other) {
    const ids = meant.map(({ owner, name: own }) => `${owner.id}.${own}`).join(' or ');
    throw new Failure(2, `'${name}' is a parameter of several rules or queries`, `write ${ids}`);
  }
  return parameter;
}

/** The parameters of the rule or query that is named; all where there is none such. */
function suggestionsFor(name: string, parameters: readonly Parameter[]): string[] {
  const own = parameters.filter(({ owner }) => name.startsWith(`${owner.name}.`) || name === owner.name);
  return (own.length > 0 ? own : parameters).map(fullName);
}

function changedTo(document: YamlDocument, { path, suffix }: Parameter, value: number): YamlDocument {
  const to = suffix === '' ? value : `${value}${suffix}`;
  return {
    ...document,
    value: replaced(document.value, path, () => to),
    // What is written in the file at this place is no longer what it says.
    written: (at) => (at.join('\0') === path.join('\0') ? undefined : document.written?.(at)),
  };
}

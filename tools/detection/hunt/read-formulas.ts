import type { DiagnosticCode } from '@tollgate/sigma/diagnostics/diagnostic';
import { isMap } from '@tollgate/sigma/values/map';
import { didYouMean } from '@tollgate/sigma/diagnostics/suggest';
import { type Path, type Reporter } from '@tollgate/sigma/rules/reporter';
import { parseFormula, type FormulaName } from './formula';
import type { Formula, HuntQuery } from './types';

interface ReadFormula {
  formula: Formula;
  names: FormulaName[];
}

const NEVER: Formula = {
  op: 'not',
  formula: { op: '==', left: { op: 'number', value: 0 }, right: { op: 'number', value: 0 } },
};

/** Reads `derive`, `having` and `sort`, and checks the names in them. `derive` comes back in an order in which it can be computed. */
export function readFormulas(
  value: Record<string, unknown>,
  measures: string[],
  parameters: string[],
  reporter: Reporter,
): Pick<HuntQuery, 'derive' | 'having' | 'sort'> {
  const written = isMap(value['derive']) ? value['derive'] : {};
  const known = [...measures, ...Object.keys(written)];
  const used = new Set<string>();
  const read = (text: unknown, path: Path, wanted: 'truth' | 'number'): ReadFormula | null => {
    const result = readFormula(text, path, wanted, reporter);
    for (const { name, kind, offset } of result?.names ?? []) {
      if (kind === 'parameter') used.add(name);
      const names = kind === 'parameter' ? parameters : known;
      if (names.includes(name)) continue;
      const what = kind === 'parameter' ? 'parameter' : 'measure or derived value';
      const shown = kind === 'parameter' ? `$${name}` : name;
      report(reporter, `unknown-${kind}`, path, `there is no ${what} '${shown}'`, didYouMean(name, names), offset);
    }
    return result;
  };
  const derived = new Map<string, ReadFormula>();
  for (const [name, text] of Object.entries(written)) {
    if (measures.includes(name)) {
      const hint = 'give one of them another name';
      reporter.error('duplicate-name', ['derive', name], `'${name}' is a measure already`, hint, 'key');
    }
    const result = read(text, ['derive', name], 'number');
    if (result) derived.set(name, result);
  }
  const having = read(value['having'], ['having'], 'truth');
  for (const name of parameters.filter((each) => having && !used.has(each))) {
    const hint = `read it as $${name}, or remove it`;
    reporter.error('unused-parameter', ['parameters', name], `no formula reads the parameter '${name}'`, hint, 'key');
  }
  return {
    derive: inOrder(derived, reporter),
    having: having?.formula ?? NEVER,
    sort: readSort(value['sort'], known, reporter),
  };
}

function readFormula(text: unknown, path: Path, wanted: 'truth' | 'number', reporter: Reporter): ReadFormula | null {
  const source = typeof text === 'number' && text >= 0 ? String(text) : text;
  if (typeof source !== 'string') return null;
  const { error, formula, names } = parseFormula(source, wanted);
  if (!error) return { formula, names };
  report(reporter, 'bad-formula', path, `the formula ${error.message}`, error.hint, error.offset);
  return null;
}

/** Reports at a character of a formula that stands on one line; in a block scalar at the formula's start. */
function report(
  reporter: Reporter,
  code: DiagnosticCode,
  path: Path,
  message: string,
  hint: string,
  offset: number,
): void {
  reporter.error(code, path, `${message} (character ${offset + 1})`, hint);
  const diagnostic = reporter.diagnostics.at(-1)!;
  if (diagnostic.column > 1) diagnostic.column += offset;
}

/** Each derived value after those that it reads; reports one cycle a value. */
function inOrder(derived: Map<string, ReadFormula>, reporter: Reporter): Record<string, Formula> {
  const ordered: Record<string, Formula> = {};
  const state = new Map<string, 'open' | 'done'>();
  const visit = (name: string, trail: string[]): void => {
    const current = derived.get(name);
    if (!current || state.get(name) === 'done') return;
    if (state.get(name) === 'open') {
      const cycle = [...trail.slice(trail.indexOf(name)), name].join(' → ');
      reporter.error(
        'derive-cycle',
        ['derive', name],
        `'${name}' is derived from itself: ${cycle}`,
        'write one of them without the others',
        'key',
      );
      return;
    }
    state.set(name, 'open');
    for (const read of current.names) if (read.kind === 'measure') visit(read.name, [...trail, name]);
    state.set(name, 'done');
    ordered[name] = current.formula;
  };
  for (const name of derived.keys()) visit(name, []);
  return ordered;
}

function readSort(value: unknown, known: string[], reporter: Reporter): HuntQuery['sort'] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown, index) => {
    if (typeof entry !== 'string') return [];
    const descending = entry.startsWith('-');
    const by = descending ? entry.slice(1) : entry;
    if (!known.includes(by)) {
      const hint = didYouMean(by, known);
      reporter.error(
        'unknown-measure',
        ['sort', index],
        `there is no measure or derived value '${by}' to sort by`,
        hint,
      );
    }
    return [{ by, descending }];
  });
}

import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import type { HuntQuery, Measure } from '../../detection/hunt/types';
import type { Path } from '@tollgate/sigma/rules/reporter';
import { nearby, type Mutation } from './change';
import { changedFormulas, readBy, writtenFormula } from './formula';

/**
 * Every change of a query but those of its detection: a group field left out, `having`, what it reads of `derive` and
 * `measures`, a parameter's default moved, window, settle and baseline longer or shorter by a millisecond. What `having` does
 * not read is there for the analyst and decides nothing.
 */
export function changesOfQuery(document: YamlDocument, query: HuntQuery): Mutation[] {
  const change: Make = (path, what, parts) => ({ document, path, what, to: { query: { ...query, ...parts } } });
  const read = new Set(readBy(query.having));
  // Each derived value stands after those that it reads.
  for (const [name, formula] of Object.entries(query.derive).reverse())
    if (read.has(name)) for (const other of readBy(formula)) read.add(other);
  const derived = Object.entries(query.derive).filter(([name]) => read.has(name));
  return [
    ...query.groupBy.map((field, index) =>
      change(['group-by', index], `without ${field}`, { groupBy: query.groupBy.toSpliced(index, 1) }),
    ),
    ...changedFormulas(query.having).map((having) => change(['having'], writtenFormula(having), { having })),
    ...derived.flatMap(([name, formula]) =>
      changedFormulas(formula).map((changed) =>
        change(['derive', name], writtenFormula(changed), { derive: { ...query.derive, [name]: changed } }),
      ),
    ),
    ...Object.entries(query.measures)
      .filter(([name]) => read.has(name))
      .flatMap(([name, measure]) =>
        changesOfMeasure(measure, Object.keys(query.selections)).map(([what, changed]) =>
          change(['measures', name], what, { measures: { ...query.measures, [name]: changed } }),
        ),
      ),
    ...Object.entries(query.parameters).flatMap(([name, parameter]) =>
      nearby(parameter.default).map((near) =>
        change(['parameters', name, 'default'], `${near}`, {
          parameters: { ...query.parameters, [name]: { ...parameter, default: near } },
        }),
      ),
    ),
    ...changesOfTimes(query, change),
  ];
}

type Make = (path: Path, what: string, parts: Partial<HuntQuery>) => Mutation;

function changesOfMeasure(measure: Measure, selections: string[]): [what: string, changed: Measure][] {
  const { also, field, ...rest } = measure;
  const changed: [string, Measure][] = selections
    .filter((name) => name !== measure.of)
    .map((of) => [`of ${of}`, { ...measure, of }]);
  if (also !== undefined) changed.push([`without also: ${also}`, { ...rest, field }]);
  if (measure.how === 'distinct' && also === undefined) changed.push(['count for distinct', { ...rest, how: 'count' }]);
  if (measure.over === 'baseline') changed.push(['over the window', { ...measure, over: 'window' }]);
  return changed;
}

function changesOfTimes(query: HuntQuery, change: Make): Mutation[] {
  const { window, baselineMs } = query;
  return [-1, 1].flatMap((ms) => {
    const what = `${ms > 0 ? '+' : '-'}1 ms`;
    const times = [
      change(['window', 'default'], what, { window: { ...window, defaultMs: window.defaultMs + ms } }),
      change(['window', 'settle'], what, { window: { ...window, settleMs: window.settleMs + ms } }),
      change(['baseline', 'length'], what, { baselineMs: baselineMs + ms }),
    ];
    const has = [true, window.settleMs > 0, baselineMs > 0];
    return times.filter((_, index) => has[index]);
  });
}

import type { Expr } from '@tollgate/sigma/rules/plan';
import { slackOf } from '../plan/reach';
import type { Hunt } from '../plan/types';
import { NotExportable } from '../target';
import { columns, grouped, pipe } from './commands';
import { esqlCondition, identifier } from './expression';
import { ExportedFields, type Differences } from '../lucene/fields';
import { FormulaWriter } from './formula';
import { measuredHits, writeHits, type PartColumn, type Pass } from './hunt-hits';
import { indexPattern } from '../lucene/names';
import { answer } from './newness';
import { present } from './rows';
import { huntSchedule } from '../schedule';

/**
 * A query as one of ES|QL that Kibana runs by its schedule. Both the run at the last tick and the one before are evaluated; a group is told in which
 * `having` is true now and was not before.
 *
 * Of each event one row is counted in its group, and one for each field of which different values are counted; so each value of a group is one row
 * of the first `STATS`, and the second counts these rows.
 */
export function esqlHunt(hunt: Hunt, differences: Differences): string {
  const { contract, selections, measures } = hunt;
  const fields = new ExportedFields(contract);
  const by = columns(hunt.by);
  for (const measure of measures) refuse(measure, fields);
  const distinct = [...new Set(measures.flatMap(({ how, field }) => (how === 'distinct' ? [field!] : [])))];
  const hits = writeHits(hunt, ticks(hunt));
  const any: Expr = { op: 'or', any: selections.map(({ source }) => source.predicate) };
  const conditions = selections.map(
    ({ source }, i) => `chosen_${i} = COALESCE(${esqlCondition(source.predicate, fields, differences, true)}, false)`,
  );
  const formulas = new FormulaWriter();
  const names = measures.map(({ name }) => name);
  return pipe([
    `FROM ${indexPattern(contract)}`,
    `WHERE ${esqlCondition(any, fields, differences)}`,
    ...present(hunt.by),
    'EVAL ts = TO_LONG(@timestamp), seen = TO_LONG(event.ingested)',
    `EVAL ${conditions.join(', ')}`,
    `EVAL ${hits.map(({ name, test }) => `${name} = ${test}`).join(', ')}`,
    `WHERE ${hits.map(({ name }) => name).join(' OR ')}`,
    `EVAL key = ${keys(distinct, hunt, hits)}`,
    ...(distinct.length > 0 ? ['MV_EXPAND key', 'WHERE key != ""'] : []),
    grouped(
      `STATS ${[...hits.map(({ name }) => `${name} = COUNT(*) WHERE ${name}`), ...sums(hunt, hits)].join(', ')}`,
      [...by, 'key'],
    ),
    'EVAL part = SUBSTRING(key, 1, 1)',
    grouped(`STATS ${[0, 1].flatMap((pass) => valuesOf(hunt, distinct, hits, pass as Pass)).join(', ')}`, by),
    'EVAL pass = [0, 1]',
    'MV_EXPAND pass',
    `EVAL ${['measured', ...names].map((name) => `${identifier(name)} = TO_DOUBLE(CASE(pass == 0, ${name}_0, ${name}_1))`).join(', ')}`,
    ...hunt.derived.flatMap((step) => formulas.column(step)),
    ...formulas.column({ op: 'derive', name: 'found', formula: hunt.filter }),
    grouped(
      `STATS ${['now = COUNT(*) WHERE pass == 0 AND measured > 0 AND found', 'told = COUNT(*) WHERE pass == 1 AND measured > 0 AND found', ...hunt.columns.map((name) => `${identifier(name)} = MAX(${identifier(name)}) WHERE pass == 0`)].join(', ')}`,
      by,
    ),
    'WHERE now > 0 AND told == 0',
    ...answer(hunt.columns, by, []),
  ]);
}

/** The two runs that are evaluated, as expressions of epoch milliseconds. */
function ticks(hunt: Hunt): { at: string; from: string; to: string }[] {
  const { settleMs, windowMs } = hunt;
  const { interval } = huntSchedule(hunt);
  const delay = hunt.schedule?.delayMs ?? 0;
  return [0, interval + slackOf(interval)].map((back) => {
    const tick = `(TO_LONG(NOW()) - ${delay + back}) / ${interval} * ${interval}`;
    return { at: `(${tick} + ${delay})`, to: `(${tick} - ${settleMs})`, from: `(${tick} - ${settleMs + windowMs})` };
  });
}

/** "0" for the event itself, and the number of each field with its value where a measure looks at it there. */
function keys(distinct: string[], { measures }: Hunt, hits: PartColumn[]): string {
  return distinct.reduce((list, field, i) => {
    const asked = measures.filter((measure) => measure.how === 'distinct' && measure.field === field);
    const tests = [
      ...new Set(asked.flatMap((measure) => [0, 1].flatMap((pass) => measuredHits(measure, hits, pass as Pass)))),
    ];
    const value = `CONCAT("${i + 1}", TO_STRING(${identifier(field)}))`;
    return `MV_APPEND(${list}, CASE((${tests.join(' OR ')}) AND ${identifier(field)} IS NOT NULL, ${value}, ""))`;
  }, '"0"');
}

const REFUSED = {
  percentile: 'A percentile is an estimate in ES|QL.',
  gap: "ES|QL can't compute the time between one row and the next.",
};

/** Sums and the like are taken with the events, since a value of a group has none. */
function sums({ measures }: Hunt, hits: PartColumn[]): string[] {
  return measures.flatMap((measure) => {
    const { name } = measure;
    if (measure.how === 'count' || measure.how === 'distinct') return [];
    if (measure.how === 'gap' || measure.how === 'percentile') throw new NotExportable(REFUSED[measure.how]);
    return [0, 1].flatMap((pass) => {
      const [of] = measuredHits(measure, hits, pass as Pass);
      const taken = (how: string, as: string): string =>
        `${as}_${pass} = ${how}(${identifier(measure.field!)}) WHERE ${of} AND key == "0"`;
      if (measure.how === 'avg') return [taken('SUM', `${name}_sum`), taken('COUNT', `${name}_count`)];
      return [taken(measure.how.toUpperCase(), name)];
    });
  });
}

function valuesOf({ measures }: Hunt, distinct: string[], hits: PartColumn[], pass: Pass): string[] {
  const values = measures.map((measure) => {
    const { name } = measure;
    const tests = measuredHits(measure, hits, pass);
    const column = `${name}_${pass}`;
    switch (measure.how) {
      case 'count':
        return `${column} = SUM(${tests[0]}) WHERE part == "0"`;
      case 'distinct':
        return `${column} = COUNT(*) WHERE part == "${distinct.indexOf(measure.field!) + 1}" AND ${tests.map((test) => `${test} > 0`).join(' AND ')}`;
      case 'sum':
        return `${column} = COALESCE(SUM(${column}), 0)`;
      case 'avg':
        return `${column} = TO_DOUBLE(SUM(${name}_sum_${pass})) / SUM(${name}_count_${pass})`;
      case 'min':
      case 'max':
        return `${column} = ${measure.how.toUpperCase()}(${column})`;
      case 'percentile':
      case 'gap':
        throw new NotExportable(REFUSED[measure.how]);
      default:
        return measure.how satisfies never;
    }
  });
  const measured = [...new Set(measures.map((measure) => measuredHits(measure, hits, pass)[0]!))];
  return [...values, `measured_${pass} = SUM(${measured.join(' + ')}) WHERE part == "0"`];
}

function refuse({ how, field }: Hunt['measures'][0], fields: ExportedFields): void {
  if (how === 'percentile') throw new NotExportable('A percentile is an estimate in ES|QL.');
  if (field !== undefined && fields.get(field).list)
    throw new NotExportable(
      `It measures ${field}, which is a list; ES|QL can't expand its values one by one next to other fields.`,
    );
}

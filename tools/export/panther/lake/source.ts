import type { Contract } from '../../../telemetry/contract';
import { placesOf, type Shape } from '../../../telemetry/shape';
import { neededFields } from '../../plan/fields';
import { columnsOf, OWN } from '../../sql/columns';
import { JsonPlaces } from '../../sql/places';
import { list, NamedSteps } from '../../sql/query';
import { ownColumns, writeTyped } from '../../sql/typed';
import { lakeTable, logType } from '../log-type';
import { lake, milliseconds, recordOf } from './dialect';

/**
 * A query of a source's records of the last `lookbackMs` with columns for some fields: each is read from the table's columns, which Panther calls as the log type's schema does,
 * with JSON below. Panther's own fields are the time, the delivery and the key (https://docs.panther.com/search/panther-fields).
 */
export function sourceQuery(
  contract: Contract,
  shape: Shape | undefined,
  fields: Iterable<string>,
  lookbackMs: number,
): string {
  const needed = neededFields(contract, fields);
  const columns = [...columnsOf(contract).values()].filter(({ field }) => needed.includes(field));
  const steps = new NamedSteps();
  const record = recordOf(topColumns(contract, shape, needed));
  const times = [
    `${milliseconds('p_event_time')} AS ${OWN.time}`,
    `${milliseconds('p_parse_time')} AS ${OWN.ingested}`,
  ];
  const table = lakeTable(logType(contract, shape));
  const since = `p_occurs_since('${Math.ceil(lookbackMs / 60_000)} minutes')`;
  const received = steps.add(
    'received',
    `SELECT ${list([`${record} AS record`, `p_row_id AS ${OWN.id}`, ...times])}\nFROM ${table}\nWHERE ${[since, ...onlyOf(shape)].join(' AND ')}`,
  );
  const places = new JsonPlaces(lake, contract, shape);
  const beside = { placed: [OWN.id, OWN.time, OWN.ingested], typed: [] };
  const { rows, valueless } = writeTyped(lake, steps, contract, columns, places, received, beside);
  const [id, time, ingested, without] = ownColumns(lake) as [string, string, string, string];
  const own = [
    `${OWN.id} AS ${id}`,
    `${OWN.time} AS ${time}`,
    `${OWN.ingested} AS ${ingested}`,
    `${valueless} AS ${without}`,
  ];
  return steps.close(`SELECT ${list([...own, ...columns.map(({ name }) => lake.identifier(name))])}\nFROM ${rows}`);
}

/** The table's columns that hold some fields; only our own schemas have one for the asset that a record names itself. */
function topColumns(contract: Contract, shape: Shape | undefined, fields: readonly string[]): string[] {
  const paths = fields.flatMap((field) => {
    const derive = contract.derived[field]?.derive;
    if (derive === undefined) return field;
    if (derive.how === 'asset') return shape ? [] : field;
    return LISTS.includes(derive.how) ? derive.from : [];
  });
  return [...new Set(paths.flatMap((path) => placesIn(path, shape)).map((place) => place.split('.')[0]!))].sort();
}

/** Derivations that read a list, which is no field itself. */
const LISTS: readonly string[] = ['changed', 'pairs', 'after'];

function placesIn(path: string, shape: Shape | undefined): string[] {
  if (!shape) return [path];
  const list = shape.lists?.[path];
  return list === undefined ? placesOf(shape, path).map(({ field }) => field) : [list];
}

/** What shows that a record is of the source, where its log type has others too. */
function onlyOf(shape: Shape | undefined): string[] {
  return Object.entries(shape?.only ?? {}).map(([path, wanted]) => {
    const [column, ...keys] = path.split('.') as [string, ...string[]];
    const value = keys.length === 0 ? lake.identifier(column) : lake.json.at(lake.identifier(column), keys);
    if (wanted === true) return `${value} IS NOT NULL`;
    return `LOWER(CAST(${value} AS VARCHAR)) IN (${list(wanted.map((one) => lake.text(one.toLowerCase())))})`;
  });
}

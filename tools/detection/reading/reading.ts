import type { Event } from '@tollgate/sigma/values/event';
import { Failure } from '../../foundation/content/failure';
import { parseJson } from '@tollgate/sigma/values/json';
import { didYouMean } from '@tollgate/sigma/diagnostics/suggest';
import type { TextLayout } from '../../foundation/ndjson/layout';
import { columnsReader } from '../../foundation/ndjson/columns';
import { readEvent } from '../../foundation/ndjson/read-event';
import type { EventReader } from '../../foundation/ndjson/scanner';
import type { Contract, Form } from '../../telemetry/contract';

/** How the lines of a block are read. Plain data, so that it can be sent to a thread. */
export interface Reading {
  layout: TextLayout;
  /** The sources that the records may be of; none where they are of no known one; `null` where lines are taken as they come. */
  contracts: Contract[] | null;
  /** The one form that is meant; `null` where each record shows its own. */
  only: string | null;
  /** The asset that all records are of, whatever they say; `null` where each says it. */
  assetId: string | null;
}

/** What is to be read as what. */
export interface ReadingOptions {
  /** The sources that the records may be of; `null` where nobody knows: what needs no translation is then taken as it comes. */
  contracts: readonly Contract[] | null;
  /** All sources, for finding out. They are asked for where a file is no NDJSON, or its records show no time. */
  known: () => readonly Contract[];
  /** A layout or a form's id that is to be taken, whatever the files look like. */
  form?: string | undefined;
  /** The asset that all records are of, whatever they say. */
  assetId?: string | undefined;
}

/** Layouts that can be asked for by name. */
export const LAYOUT_NAMES = ['ndjson', 'json', 'cloudwatch-export', 'w3c', 'csv'] as const;

const NAMED: Record<(typeof LAYOUT_NAMES)[number], TextLayout> = {
  ndjson: { kind: 'lines' },
  json: { kind: 'json' },
  'cloudwatch-export': { kind: 'timed' },
  w3c: { kind: 'columns', columns: [], headed: true },
  csv: { kind: 'csv' },
};

/** What was forced: a layout, and the form where that was named. Throws a `Failure` (2) for a name that is neither's. */
export function forced({
  form,
  contracts,
  known,
}: ReadingOptions): { layout: TextLayout | null; only: string | null } | null {
  if (form === undefined) return null;
  if (Object.hasOwn(NAMED, form)) return { layout: NAMED[form as keyof typeof NAMED], only: null };
  const forms = (contracts ?? known()).flatMap((contract) => Object.entries(contract.forms ?? {}));
  const found = forms.find(([id]) => id === form);
  const names = [...LAYOUT_NAMES, ...forms.map(([id]) => id)];
  if (found === undefined)
    throw new Failure(
      2,
      `there is no form '${form}'${contracts?.length === 1 ? ` of ${contracts[0]!.id}` : ''}`,
      didYouMean(form, names) ?? `the forms are ${[...new Set(names)].join(', ')}`,
    );
  if (contracts === null)
    throw new Failure(2, `the form '${form}' is one of a source`, 'name the source with --source');
  return { layout: layoutOf(found[1]), only: form };
}

/** The layout of a form; `null` of JSON, which may be on lines or not. */
function layoutOf({ layout, columns }: Form): TextLayout | null {
  if (layout === 'columns') return { kind: 'columns', columns: columns!, headed: false };
  if (layout === 'w3c') return NAMED.w3c;
  return layout === 'csv' ? NAMED.csv : null;
}

/** What reads the lines of blocks of a layout. */
export function lineReader(layout: TextLayout): EventReader {
  if (layout.kind === 'columns') return columnsReader(layout.columns, layout.headed);
  return layout.kind === 'timed' ? readTimed : readEvent;
}

/** Reads a line as an object of JSON behind a time. What does not begin so is no event. */
function readTimed(bytes: Buffer, start: number, end: number): Event | null {
  const text = bytes.toString('utf8', start, end).trim();
  if (text === '') return null;
  const space = text.search(/\s/);
  const value = space < 0 ? undefined : parseJson(text.slice(space));
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Event;
  throw new SyntaxError(`${text.slice(0, 40)} is not a time followed by a JSON object`);
}

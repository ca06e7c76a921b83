import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { Failure } from '../../foundation/content/failure';
import { note } from '../../foundation/content/note';
import { systemReason, writeWhole } from '../../foundation/content/write';
import type { UnitResult } from '../replay/unit';
import { stillHolding, type Digests, type WorldDigest } from './digest';
import { finishedIn, type Finished } from './finished';
import { unitKey, type UnitSpec } from './plan';

/** What is known of a unit, and of which rules and queries. */
interface Known {
  result: UnitResult;
  measured: ReadonlySet<string>;
}

/**
 * The finished units of a measurement, a JSON line each, so that a killed run goes on where it stopped. A unit counts once its
 * whole line is on the disk: what is behind the last line break was cut off while it was written, and is dropped. What rules and
 * queries that came later found in a unit is a line of its own; of each, the last line whose content is that of today holds.
 */
export class Journal {
  private readonly units = new Map<string, Known>();
  /** Ids of what there is, wherever it is recorded. */
  private readonly documents: ReadonlySet<string>;

  /** Reads the file, where there is one; `digests` are those of the worlds with each set of scenarios. Units of other content stay in it and are not used; what is no unit at all is removed, and `tell` gets a line about it. Throws a `Failure` (3) where it can't. */
  constructor(
    private readonly file: string,
    private readonly digests: Digests,
    tell: (line: string) => void = note,
  ) {
    const all = [...digests.own.values(), ...digests.independent.values()];
    this.documents = new Set(all.flatMap(({ documents }) => Object.keys(documents)));
    if (!existsSync(file)) return;
    const text = this.attempt(() => readFileSync(file, 'utf8'));
    const lines = text.split('\n').slice(0, -1);
    const whole = lines.filter((line, index) => {
      const one = finishedIn(line);
      if (one) this.take(one);
      else tell(`${file}:${index + 1}: this is not a finished unit: it is removed and measured again`);
      return one !== undefined;
    });
    const kept = whole.map((line) => `${line}\n`).join('');
    if (kept !== text) writeWhole(file, kept);
  }

  /** What is known of a unit with the content as it is; undefined where it was never finished. */
  resultOf(unit: UnitSpec): UnitResult | undefined {
    return this.units.get(unitKey(unit))?.result;
  }

  /** Those of the rules and queries that a unit can show and has not yet. */
  openIn(unit: UnitSpec, ids: readonly string[]): string[] {
    const visible = this.digestOf(unit)?.documents ?? {};
    const measured = this.units.get(unitKey(unit))?.measured;
    return ids.filter((id) => id in visible && !measured?.has(id));
  }

  /** Writes down what these rules and queries found in a unit: all that it has, or with `rest` those that it lacked. It is on the disk when this returns; throws a `Failure` (3) where it can't be, and leaves no part of it. */
  add(unit: UnitSpec, result: UnitResult, ids: readonly string[], rest = false): void {
    const { documents, ...digest } = this.digestOf(unit)!;
    const measured = Object.fromEntries(Object.entries(documents).filter(([id]) => ids.includes(id)));
    const one: Finished = { digest: { ...digest, documents: measured }, unit, result, ...(rest && { rest }) };
    this.attempt(() => {
      mkdirSync(dirname(this.file), { recursive: true });
      const handle = openSync(this.file, 'a');
      const { size } = fstatSync(handle);
      try {
        const bytes = Buffer.from(`${JSON.stringify(one)}\n`);
        for (let written = 0; written < bytes.length;) written += writeSync(handle, bytes, written);
        fsyncSync(handle);
      } catch (error) {
        ftruncateSync(handle, size);
        if (size === 0) rmSync(this.file, { force: true });
        throw error;
      } finally {
        closeSync(handle);
      }
    });
    this.take(one);
  }

  /** Uses what of a line holds for the content as it is. */
  private take({ digest, unit, result, rest }: Finished): void {
    const now = this.digestOf(unit);
    const ids = now && stillHolding(digest, now);
    if (!ids) return;
    const key = unitKey(unit);
    const known = this.units.get(key);
    if (rest && !known) return;
    const holding = result.detectors.filter(
      ({ detector: { id, kind }, judgement: { days } }) =>
        ids.includes(id) || kind === 'baseline' || (days === 0 && this.documents.has(id)),
    );
    const detectors = new Map(known?.result.detectors.map((one) => [one.detector.id, one]));
    for (const one of holding) detectors.set(one.detector.id, one);
    this.units.set(key, {
      result: { ...(rest ? withHistoryOf(known!.result, result) : result), detectors: [...detectors.values()] },
      measured: new Set([...(known?.measured ?? []), ...ids]),
    });
  }

  private digestOf({ world, scenarios }: UnitSpec): WorldDigest | undefined {
    return this.digests[scenarios ?? 'own'].get(world);
  }

  private attempt<Value>(what: () => Value): Value {
    try {
      return what();
    } catch (error) {
      throw new Failure(
        3,
        `${this.file}: ${systemReason(error)}`,
        'the units before it are kept: repair it and run again',
      );
    }
  }
}

/** A unit's records are those of its measured days and of the longest history that a query asked for, whichever run that was in. */
function withHistoryOf(first: UnitResult, rest: UnitResult): UnitResult {
  return rest.events.expected > first.events.expected ? { ...first, events: rest.events } : first;
}

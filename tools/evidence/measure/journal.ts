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
import { holdsFor, type Digests, type WorldDigest } from './digest';
import { finishedIn, type Finished } from './finished';
import { unitKey, type UnitSpec } from './plan';

/**
 * The finished units of a measurement, a JSON line each, so that a killed run goes on where it stopped. A unit counts once its
 * whole line is on the disk: what is behind the last line break was cut off while it was written, and is dropped.
 */
export class Journal {
  private readonly finished = new Map<string, Finished>();
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
      const isFinished = this.take(line);
      if (!isFinished) tell(`${file}:${index + 1}: this is no finished unit: it is removed, and measured anew`);
      return isFinished;
    });
    const kept = whole.map((line) => `${line}\n`).join('');
    if (kept !== text) writeWhole(file, kept);
  }

  /** The result of a unit that was finished with the same content, or with rules and queries besides that are gone since. */
  resultOf(unit: UnitSpec): UnitResult | undefined {
    return this.finished.get(unitKey(unit))?.result;
  }

  /** Writes a finished unit down. It is on the disk when this returns; throws a `Failure` (3) where it can't be, and leaves no part of it. */
  add(unit: UnitSpec, result: UnitResult): void {
    const one = { digest: this.digestOf(unit)!, unit, result };
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
    this.finished.set(unitKey(unit), one);
  }

  /** Uses a line where it holds for the content as it is. Returns whether it is a finished unit at all. */
  private take(line: string): boolean {
    const one = finishedIn(line);
    if (one === undefined) return false;
    const now = this.digestOf(one.unit);
    if (!now || !holdsFor(one.digest, now)) return true;
    const detectors = one.result.detectors.filter(
      ({ detector: { id, kind } }) => kind === 'baseline' || this.documents.has(id),
    );
    this.finished.set(unitKey(one.unit), { ...one, result: { ...one.result, detectors } });
    return true;
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

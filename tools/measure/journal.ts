import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { Failure } from '../content/failure';
import { systemReason } from '../content/write';
import type { UnitResult } from '../replay/unit';
import { holdsFor, type WorldDigest } from './digest';
import { unitKey, type UnitSpec } from './plan';

/** One finished unit, as a line of the journal. */
export interface Finished {
  /** Of the content that was measured, as far as the unit's world depends on it. */
  digest: WorldDigest;
  unit: UnitSpec;
  result: UnitResult;
}

/**
 * The finished units of a measurement, a JSON line each, so that a killed run goes on where it stopped. A unit counts once its
 * whole line is on the disk: what is behind the last line break was cut off while it was written, and is dropped.
 */
export class Journal {
  private readonly finished = new Map<string, Finished>();
  /** Ids of what there is, wherever it is recorded. */
  private readonly documents: ReadonlySet<string>;

  /** Reads the file, where there is one; `digests` are those of the worlds. Units of other content stay in it and are not used. Throws a `Failure` (3) where it can't. */
  constructor(
    private readonly file: string,
    private readonly digests: ReadonlyMap<string, WorldDigest>,
  ) {
    this.documents = new Set([...digests.values()].flatMap(({ documents }) => Object.keys(documents)));
    if (!existsSync(file)) return;
    const text = this.attempt(() => readFileSync(file, 'utf8'));
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (whole.length < text.length) this.attempt(() => truncateSync(file, Buffer.byteLength(whole)));
    for (const [index, line] of whole.split('\n').slice(0, -1).entries()) this.take(line, index);
  }

  /** The result of a unit that was finished with the same content, or with rules and queries besides that are gone since. */
  resultOf(unit: UnitSpec): UnitResult | undefined {
    return this.finished.get(unitKey(unit))?.result;
  }

  /** Writes a finished unit down. It is on the disk when this returns; throws a `Failure` (3) where it can't be. */
  add(unit: UnitSpec, result: UnitResult): void {
    const one = { digest: this.digests.get(unit.world)!, unit, result };
    this.attempt(() => {
      mkdirSync(dirname(this.file), { recursive: true });
      const handle = openSync(this.file, 'a');
      try {
        const bytes = Buffer.from(`${JSON.stringify(one)}\n`);
        for (let written = 0; written < bytes.length;) written += writeSync(handle, bytes, written);
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
    });
    this.finished.set(unitKey(unit), one);
  }

  private take(line: string, index: number): void {
    let one: Finished;
    try {
      one = JSON.parse(line) as Finished;
    } catch {
      throw new Failure(3, `${this.file}:${index + 1}: this is no finished unit`, 'delete the file to measure anew');
    }
    const now = this.digests.get(one.unit.world);
    if (!now || !holdsFor(one.digest, now)) return;
    const detectors = one.result.detectors.filter(
      ({ detector: { id, kind } }) => kind === 'baseline' || this.documents.has(id),
    );
    this.finished.set(unitKey(one.unit), { ...one, result: { ...one.result, detectors } });
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

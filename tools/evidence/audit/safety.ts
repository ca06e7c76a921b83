import type { Event } from '@tollgate/sigma/values/event';
import { buildDataset } from '../../simulate/dataset';
import type { Contract } from '../../telemetry/contract';
import type { AuditOptions, AuditPart, PartResult } from './part';
import { SENDS_PER_DAY } from './samples';
import { partOf, smaller } from './smaller';
import { suspectsIn, type SuspectKind, type Suspect } from './suspects';
import { worldSteps } from './world-steps';

const SEED = 11;
const DAYS = 4;
/** Businesses of this size have every scenario; what a larger one has is more of the same. */
const ENOUGH_SENDS = 20_000;

/** Whether anything in any simulated record could be somebody's. */
export const safety: AuditPart = {
  name: 'safety',
  title: 'Safety',
  weight: 0.09,
  run: (options) => Promise.resolve(safetyOf(options)),
};

function safetyOf({ worlds, scenarios, contracts, progress }: AuditOptions): PartResult {
  const rows: PartResult['tables'][0]['rows'] = [];
  const findings: string[] = [];
  const steps = worldSteps(worlds, progress);
  for (const world of worlds) {
    steps.next().update('', 0);
    const set = buildDataset({
      world: smaller(world, ENOUGH_SENDS),
      scenarios,
      contracts,
      seed: SEED,
      days: DAYS,
      history: { days: 0, sources: [] },
      scale: partOf(world, SENDS_PER_DAY) / partOf(world, ENOUGH_SENDS),
    });
    const sources = new Map(set.sources.map((source) => [source, new Inspection(contracts.get(source)!)]));
    for (const { source, event } of set.events()) sources.get(source)!.look(event);
    for (const [source, { records, counts, unsafe }] of sources) {
      rows.push([world.name, source, records, ...KINDS.map((kind) => counts[kind]), unsafe.size]);
      for (const [path, text] of unsafe)
        findings.push(`${world.name}, ${source}: ${path} holds '${text}', which may be somebody's`);
    }
  }
  return {
    part: 'safety',
    title: safety.title,
    about:
      `Every text in every record of every lens, with all scenarios; seed ${SEED}, ${DAYS} days (larger worlds are scaled down, and their ordinary traffic thinned to ${SENDS_PER_DAY} sends a day). A phone number must be one that can't be assigned; ` +
      `an address must lie in a range for documentation, benchmarks or carriers' internal use (RFC 5737, 3849, 9637, 2544, 6598); a host or e-mail address must be one of RFC 2606 or a vendor's own constant; ` +
      `a bare number of nine digits or more must be an account from AWS's documentation; and nothing may look like a credential.`,
    tables: [
      {
        title: 'What was checked',
        columns: [
          'world',
          'source',
          'records',
          'numbers',
          'addresses',
          'hosts',
          'accounts',
          'credentials',
          'unsafe fields',
        ],
        rows,
      },
    ],
    findings,
  };
}

/** A time as text, which is no account. */
const MILLISECONDS = /^\d{13}$/;

const KINDS: readonly SuspectKind[] = ['number', 'address', 'host', 'account', 'secret'];

/** Looks at all records of one source. */
class Inspection {
  records = 0;
  readonly counts: Record<SuspectKind, number> = { number: 0, address: 0, host: 0, account: 0, secret: 0 };
  /** Path → the first text there that may be somebody's. */
  readonly unsafe = new Map<string, string>();
  /** What the first few thousand texts hold: the constants, which make up most of a log. */
  private readonly known = new Map<string, Suspect[]>();

  constructor(private readonly contract: Contract) {}

  look(record: Event): void {
    this.records++;
    this.lookAt(record, '');
  }

  private lookAt(value: unknown, path: string): void {
    if (typeof value === 'string') this.lookAtText(value, path);
    else if (Array.isArray(value)) for (const one of value) this.lookAt(one, path);
    else if (value !== null && typeof value === 'object')
      for (const [key, one] of Object.entries(value)) this.lookAt(one, path === '' ? key : `${path}.${key}`);
  }

  private lookAtText(text: string, path: string): void {
    // What is derived is made of what is looked at, and a block is no number.
    if (path in this.contract.derived) return;
    const field = this.contract.fields[path];
    if (field?.tells === 'time' && MILLISECONDS.test(text)) return;
    const isAddress = field?.type === 'ip';
    let suspects = this.known.get(text);
    if (!suspects) {
      suspects = suspectsIn(text, isAddress);
      if (!isAddress && this.known.size < 2000) this.known.set(text, suspects);
    }
    for (const { kind, safe } of suspects) {
      this.counts[kind]++;
      if (!safe && !this.unsafe.has(path)) this.unsafe.set(path, text);
    }
  }
}

import { createHmac } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import type { Scalar } from '@tollgate/sigma/values/event';
import { fieldsOf, type Contract } from '../../telemetry/contract';
import { knownValues } from '../../telemetry/values';
import type { RecordPlace } from './events';
import type { EvidenceLine, FoundIncident, OwnAlert, OwnReport, OwnResult, SeenEvent } from './result';

/** Hexadecimal digits of a hash: enough that two values of one log hardly ever share them. */
const DIGITS = 12;

/** Digits at the end of a telephone number that are its owner's, as `destination.block` has it. */
const OWN_DIGITS = 4;

/** What a field's values may show: what stands for many people and is in a list that anyone can read. */
type Openness = 'closed' | 'block' | 'range' | 'country';

/**
 * Replaces what a record says of anybody by keyed hashes: telephone numbers keep what their block has, addresses their network (/24 and
 * /48), and every other text or whole number is a hash alone, except countries, truths, fractions and values that a
 * contract lists. Equal values have equal hashes under one key.
 */
export class Redactor {
  private readonly open = new Map<string, Openness>();
  private readonly published = new Map<string, ReadonlySet<unknown>>();

  constructor(
    private readonly key: Buffer,
    contracts: Iterable<Contract>,
  ) {
    const values = new Map<string, unknown[]>();
    for (const contract of contracts)
      for (const [name, field] of Object.entries(fieldsOf(contract))) {
        const how = 'derive' in field ? (field as Contract['derived'][string]).derive.how : null;
        if (how === 'block' || how === 'range' || how === 'country') this.open.set(name, how);
        values.set(name, [...(values.get(name) ?? []), ...knownValues(field).map(({ value }) => value)]);
      }
    for (const [name, list] of values) this.published.set(name, new Set(list));
  }

  /** The report without anything that a record says of anybody. */
  report(report: OwnReport): OwnReport {
    const results = (list: OwnResult[]) =>
      list.map((one) => ({ ...one, alerts: one.alerts.map((each) => this.alert(each)) }));
    return {
      ...report,
      redacted: true,
      from: report.from.map((name) => this.hash(name)),
      losses: report.losses.map((loss) => ({ ...loss, first: loss.first && this.place(loss.first) })),
      rules: results(report.rules),
      queries: results(report.queries),
      found: report.found.map((incident) => this.incident(incident)),
    };
  }

  /** A value of a field, as it may be shown. */
  value(field: string, value: Scalar): Scalar {
    if (typeof value === 'boolean' || this.published.get(field)?.has(value)) return value;
    if (typeof value === 'number' && !Number.isInteger(value)) return value;
    if (typeof value !== 'string') return this.hash(String(value));
    const openness = this.open.get(field);
    if (openness === 'country' && /^[A-Z]{2}$/.test(value)) return value;
    if (openness === 'block' && /^\+\d{1,11}$/.test(value)) return value;
    if (openness === 'range' && /^\+\d{1,9}$/.test(value)) return value;
    return this.text(value);
  }

  private text(value: string): string {
    if (/^\+\d{7,15}$/.test(value)) return `${value.slice(0, -OWN_DIGITS)}~${this.hash(value)}`;
    // Any number would be an address in its other notations.
    if (!ipaddr.IPv4.isValidFourPartDecimal(value) && !ipaddr.IPv6.isValid(value)) return this.hash(value);
    const address = ipaddr.process(value);
    if (address.kind() === 'ipv4') return `${address.toByteArray().slice(0, 3).join('.')}.~${this.hash(value)}`;
    const [a, b, c] = (address as ipaddr.IPv6).parts.map((part) => part.toString(16));
    return `${a}:${b}:${c}:~${this.hash(value)}`;
  }

  private alert(alert: OwnAlert): OwnAlert {
    const group = this.values(alert.group) as OwnAlert['group'];
    return { ...alert, group, first: alert.first.map((event) => this.event(event)) };
  }

  private incident(incident: FoundIncident): FoundIncident {
    return {
      ...incident,
      asset: incident.asset === null ? null : this.hash(incident.asset),
      evidence: incident.evidence.map((one) => ({ ...one, group: this.values(one.group) as EvidenceLine['group'] })),
      values: this.values(incident.values) as FoundIncident['values'],
    };
  }

  private event(event: SeenEvent): SeenEvent {
    return { ...event, place: this.place(event.place), values: this.values(event.values) };
  }

  private values(values: SeenEvent['values']): SeenEvent['values'] {
    const shown = (field: string, value: Scalar | Scalar[]): Scalar | Scalar[] =>
      Array.isArray(value) ? value.map((one) => this.value(field, one)) : this.value(field, value);
    return Object.fromEntries(Object.entries(values).map(([field, value]) => [field, shown(field, value)]));
  }

  /** Names of files are often those of accounts. */
  private place({ file, line }: RecordPlace): RecordPlace {
    return { file: this.hash(file), line };
  }

  private hash(text: string): string {
    return createHmac('sha256', this.key).update(text).digest('hex').slice(0, DIGITS);
  }
}

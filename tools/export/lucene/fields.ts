import { isValid } from 'ipaddr.js';
import { fieldsOf, type Contract, type Field, type FieldType } from '../../telemetry/contract';
import { NotExportable } from '../target';

/** Subfield of every keyword field that holds its value with folded case; the index templates define it. */
export const FOLDED = 'folded';

/**
 * The field that has the asset in documents and alerts alike: "Unique identifier of the running service" in ECS. Kibana's index of alerts maps
 * the fields of ECS alone, so nothing can be found or grouped by `asset.id` there.
 */
export const ALERT_ASSET = 'service.id';

/** Why a keyword, which names no field, is refused. */
export const KEYWORDS =
  'Keywords are looked for in every text of a record, also in undocumented fields, which are not indexed.';

/** What a query writer must know of the fields of one source. */
export class ExportedFields {
  private readonly fields: Record<string, Field>;

  constructor(private readonly contract: Contract) {
    this.fields = fieldsOf(contract);
  }

  /** The contract's entry of a field. Throws `NotExportable` for one that the contract does not know. */
  get(name: string): Field {
    const field = Object.hasOwn(this.fields, name) ? this.fields[name] : undefined;
    if (!field) throw new NotExportable(`The telemetry contract ${this.contract.id} does not know the field ${name}.`);
    return field;
  }

  /** Whether a field that is there has a value: the pipelines write no derived field without one. */
  alwaysHasValue(name: string): boolean {
    return !this.get(name).optional || Object.hasOwn(this.contract.derived, name);
  }

  /** Where to compare a text without regard to case: the folded subfield. */
  folded(name: string): string {
    return `${name}.${FOLDED}`;
  }
}

/** What an exported rule may find that the rule does not, in whole sentences, collected while it is written. */
export class Differences {
  private readonly sentences = new Set<string>();

  add(sentence: string): void {
    this.sentences.add(sentence);
  }

  list(): string[] {
    return [...this.sentences];
  }
}

/**
 * Elasticsearch keeps no trace of a field that is there without a value, so `exists` sees less than the rule does.
 * Where that finds more, it is a difference; where it would miss an event, the rule is refused.
 */
export function checkExistence(
  fields: ExportedFields,
  name: string,
  present: boolean,
  negated: boolean,
  into: Differences,
): void {
  if (fields.alwaysHasValue(name)) return;
  const misses = present !== negated;
  if (misses) {
    throw new NotExportable(
      `The rule asks whether ${name} is there; Elasticsearch can't tell a field without a value from one that is absent.`,
    );
  }
  into.add(`The field ${name} counts as absent if it has no value (null, or an empty list).`);
}

/** Whether a field of this type can hold the text at all; Elasticsearch answers a comparison with any other by an error. */
export function holdable(type: FieldType, text: string): boolean {
  switch (type) {
    case 'keyword':
      return true;
    case 'ip':
      return isValid(text);
    case 'long':
    case 'double':
      return text.trim() === text && String(Number(text)) === text;
    case 'boolean':
      return text === 'true' || text === 'false';
    case 'date':
      return false;
    default:
      return type satisfies never;
  }
}

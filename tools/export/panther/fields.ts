import { assetFields, type Contract } from '../../telemetry/contract';
import { placesOf, type Shape } from '../../telemetry/shape';
import { snake } from '../plan/names';
import { NotExportable } from '../target';
import { literal } from './python';

/** Where a source's fields stand in Panther's event, as expressions of Python over `event` and the helper `t`. */
export class EventFields {
  constructor(
    private readonly contract: Contract,
    private readonly shape: Shape | undefined,
  ) {}

  /** All values of a field. */
  values(field: string): string {
    if (Object.hasOwn(this.contract.derived, field)) return `t.some(${functionName(field)}(event))`;
    return `t.read(${this.holder(field)})`;
  }

  /** Whether a field is there, be it without a value. */
  presence(field: string): string {
    if (Object.hasOwn(this.contract.derived, field)) return `(${functionName(field)}(event) is not None)`;
    return `t.exists(${this.holder(field)})`;
  }

  /** The function that derives a field. */
  derivation(field: string): string {
    return `def ${functionName(field)}(event):\n    return ${this.derived(field)}\n`;
  }

  private derived(field: string): string {
    const { derive } = this.contract.derived[field]!;
    switch (derive.how) {
      case 'asset': {
        const keys = assetFields(derive).map((from) => this.one(from));
        return `t.asset(${['event', `t.at(event, ${literal(field)})`, literal(this.contract.id), ...keys].join(', ')})`;
      }
      case 'copy':
        return this.one(derive.from);
      case 'first':
        return `t.first(${this.one(derive.from)}, ${this.one(derive.or)})`;
      case 'picked': {
        const list = listOf(derive.from);
        const [key, by] = [this.key(derive.from, list), this.key(derive.by, list)];
        return `t.picked(t.at(event, ${literal(this.list(list))}), ${literal(key)}, ${literal(by)}, ${literal(derive.is)})`;
      }
      case 'changed':
        return `t.changed(t.at(event, ${literal(this.list(derive.from))}), ${literal(derive.to)})`;
      case 'pairs':
        return `t.pairs(t.at(event, ${literal(this.list(derive.from))}))`;
      case 'after':
        return `t.after(t.at(event, ${literal(this.list(derive.from))}), ${literal(derive.prefix)})`;
      default:
        return `t.${OF_TEXT[derive.how]}(${this.one(derive.from)})`;
    }
  }

  /** What stands at a field; a derived one is computed. */
  private one(field: string): string {
    if (Object.hasOwn(this.contract.derived, field)) return `${functionName(field)}(event)`;
    return `t.at(event, ${this.places(field)})`;
  }

  private holder(field: string): string {
    const map = this.contract.entries?.find((path) => field.startsWith(`${path}.`));
    if (map === undefined) return `event, ${this.places(field)}`;
    return `{"entries": t.entries(t.at(event, ${literal(this.list(map))}))}, ${literal(`entries.${field.slice(map.length + 1)}`)}`;
  }

  private places(field: string): string {
    if (field === this.contract.time.field || !Object.hasOwn(this.contract.fields, field))
      throw new NotExportable(`It reads ${field}, and Panther writes times in a form of its own.`);
    const places = this.shape ? placesOf(this.shape, field).map((place) => place.field) : [field];
    return places.map(literal).join(', ');
  }

  private list(path: string): string {
    if (this.shape === undefined) return path;
    return this.shape.lists?.[path] ?? placesOf(this.shape, path)[0]?.field ?? path;
  }

  private key(field: string, list: string): string {
    const place = this.shape ? (placesOf(this.shape, field)[0]?.field ?? field) : field;
    return place.slice((this.shape === undefined ? list : this.list(list)).length + 1);
  }
}

const OF_TEXT = {
  country: 'country',
  block: 'block',
  range: 'block_range',
  suffix: 'suffix',
  number: 'decimal',
  address: 'address',
} as const;

function functionName(field: string): string {
  return snake(field);
}

/** The object, or the list of them, whose field this is. */
function listOf(field: string): string {
  return field.slice(0, field.lastIndexOf('.'));
}

import { compileQuery } from '@tollgate/sigma-elasticsearch/compile';
import { addressField, casedField, foldedField } from '@tollgate/sigma-elasticsearch/mapping';
import { ALL, both, either, type Query } from '@tollgate/sigma-elasticsearch/query';
import type { Plan } from '@tollgate/sigma/rules/plan';
import { isScalar, scalarReader } from '@tollgate/sigma/values/event';
import { Failure } from '../../foundation/content/failure';
import { basesOf, sourcesOf } from '../../telemetry/bases';
import { fieldsOf, type Contract } from '../../telemetry/contract';
import { deriver } from '../../telemetry/derive';
import { placesOf, type Shape } from '../../telemetry/shape';
import { recordReader, type RecordList } from './hit-record';
import type { Place } from './say';
import { fieldsTested, secondLook } from './second-look';
import type { Asked, GroupField, IndexShape, KnownFields, MatchReader, OpenIndex, Refused } from './shape';
import { translate, type FieldMeaning } from './translate';

/** A record must have one. */
const ANY_TIME = Date.UTC(2026, 0);

/** The indices that a platform's own integration fills. */
export function platformShape(shape: Shape, contract: Contract, index = shape.index): IndexShape {
  const places = Object.keys(shape.fields).flatMap((name) => placesOf(shape, name));
  const always = Object.keys(shape.fields).filter((name) => !contract.fields[name]!.optional);
  return {
    name: shape.platform,
    index,
    indexFields: [
      ...new Set([
        ...places.flatMap(({ field, root }) => [field, root ?? []].flat()),
        ...Object.keys(shape.only ?? {}),
      ]),
    ],
    fits: (known) => 2 * always.filter((name) => knownPlaces(shape, name, known).length > 0).length >= always.length,
    open: (known) => new PlatformIndex(shape, contract, index, known),
  };
}

/** The places of a field that are there; a part of a flattened field is wherever that is. */
function knownPlaces(shape: Shape, name: string, known: KnownFields): Place[] {
  return placesOf(shape, name).flatMap(({ field, root, values }): Place[] => {
    const { searchable = false, type = null } = known.get(root ?? field) ?? {};
    if (!searchable || type === null || (root !== undefined && type !== 'flattened')) return [];
    return [{ field, type, values: values ?? null }];
  });
}

class PlatformIndex implements OpenIndex {
  readonly scope: Query;
  /** What compiled queries ask → the contract's field, and in which form. */
  private readonly forms = new Map<string, { name: string; folded: boolean; address: boolean }>();

  constructor(
    private readonly shape: Shape,
    private readonly contract: Contract,
    private readonly index: string,
    private readonly known: KnownFields,
  ) {
    const only = Object.entries(shape.only ?? {}).map(([field, values]): Query =>
      values === true ? { exists: { field } } : { terms: { [field]: values } },
    );
    this.scope = only.length === 0 ? ALL : both(only);
    for (const [name, field] of Object.entries(fieldsOf(contract))) {
      const cased = casedField(name, field);
      for (const form of [name, cased]) this.forms.set(form, { name, folded: false, address: false });
      if (foldedField(name, field) !== cased)
        this.forms.set(foldedField(name, field), { name, folded: true, address: false });
      if (field.type === 'ip') this.forms.set(addressField(name), { name, folded: false, address: true });
    }
  }

  ask(plan: Plan): Asked {
    if (fieldsTested(plan) === null)
      return { refused: 'it looks for a text in any field, of which the index lacks some' };
    const { query, bound } = compileQuery(plan, fieldsOf(this.contract));
    return refusedOr(() => {
      const said = translate(query, (field) => this.target(field));
      return { query: said.query, exact: said.exact && bound === 'exact' };
    });
  }

  reader(names: readonly string[], plan: Plan | null): MatchReader | Refused {
    return refusedOr(() => {
      const read = [...new Set([...names, ...(plan === null ? [] : (fieldsTested(plan) ?? []))])];
      const bases = [...new Set(read.flatMap((name) => basesOf(name, this.contract)))].filter(
        (name) => !this.isTime(name),
      );
      const { lists, parts } = this.partsOf(bases);
      const recordOf = recordReader(this.contract, parts, lists);
      const derive = deriver(this.contract);
      const isMatch = secondLook(plan);
      const values = names.map(scalarReader);
      return {
        fields: [...parts.values()].flat().map(({ field }) => field),
        objects: lists.map(({ object }) => object),
        values: (hit) => {
          // When the log delivered it is read for all matches alike.
          const event = derive(recordOf(hit), hit.time);
          return isMatch(event) ? values.map((value) => value(event)) : null;
        },
      };
    });
  }

  grouping(name: string): GroupField | null {
    if (Object.hasOwn(this.contract.derived, name)) {
      const { derive } = this.contract.derived[name]!;
      const [from, ...more] = sourcesOf(derive);
      if ((derive.how !== 'copy' && derive.how !== 'asset') || from === undefined) return null;
      // What an asset falls back on is for forms that lack its field; here all records have it, unless they may do without.
      if (more.length > 0 && this.contract.fields[from]?.optional) return null;
      const group = this.grouping(from);
      return group && { ...group, missing: this.withoutAny(name) };
    }
    const [place, ...others] = knownPlaces(this.shape, name, this.known);
    if (place === undefined || others.length > 0 || place.values !== null) return null;
    const root = placesOf(this.shape, name).find(({ field }) => field === place.field)?.root;
    return this.known.get(root ?? place.field)?.aggregatable ? { field: place.field, missing: null } : null;
  }

  present(name: string): Query {
    if (this.isTime(name)) return ALL;
    if (!Object.hasOwn(this.contract.derived, name))
      return either(this.places(name).map(({ field }): Query => ({ exists: { field } })));
    if (this.withoutAny(name) !== null) return ALL;
    const { derive } = this.contract.derived[name]!;
    // Of those that are picked from a list, what picks them need not have a value of its own.
    const sources = derive.how === 'picked' ? [derive.from] : sourcesOf(derive);
    return either(sources.map((source) => this.present(source)));
  }

  private isTime(name: string): boolean {
    return name === '@timestamp' || name === 'event.ingested' || name === this.contract.time.field;
  }

  /** What a derived field is in a record that has nothing but its time. */
  private withoutAny(name: string): string | null {
    const record = recordReader(this.contract, new Map(), [])({ time: ANY_TIME, fields: {}, source: {} });
    const value = scalarReader(name)(deriver(this.contract)(record, ANY_TIME));
    return isScalar(value) ? String(value) : null;
  }

  private target(form: string): FieldMeaning {
    const { name, folded, address } = this.forms.get(form) ?? { name: form, folded: false, address: false };
    if (this.isTime(name)) {
      const place = { field: name === 'event.ingested' ? name : '@timestamp', type: 'date', values: null };
      return { places: [place], folded, address };
    }
    if (Object.hasOwn(this.contract.derived, name)) {
      for (const base of basesOf(name, this.contract)) this.places(base);
      return { derived: this.present(name) };
    }
    return { places: this.places(name), folded, address };
  }

  /** Throws a `Failure` (1) where the index lacks the field. */
  private places(name: string): Place[] {
    const places = knownPlaces(this.shape, name, this.known);
    if (places.length > 0) return places;
    const why = Object.hasOwn(this.shape.lacks, name) ? this.shape.lacks[name] : undefined;
    const usual = placesOf(this.shape, name).map(({ field }) => field);
    const reason = why ?? (usual.length > 0 ? `usually ${usual.join(' or ')}` : undefined);
    const lacks = `${this.index} has no field for ${name} of ${this.contract.id}`;
    throw new Failure(1, reason === undefined ? lacks : `${lacks} (${reason})`);
  }

  private partsOf(bases: string[]): { parts: Map<string, Place[]>; lists: RecordList[] } {
    const parts = new Map<string, Place[]>();
    const lists = new Map<string, { object: string; keys: Map<string, string> }>();
    for (const name of bases) {
      const places = this.places(name);
      const list = Object.keys(this.shape.lists ?? {}).find((one) => name.startsWith(`${one}.`));
      if (list === undefined) {
        parts.set(name, places);
        continue;
      }
      const object = this.shape.lists![list]!;
      const found = lists.get(list) ?? { object, keys: new Map<string, string>() };
      found.keys.set(name.slice(list.length + 1), places[0]!.field.slice(object.length + 1));
      lists.set(list, found);
    }
    return { parts, lists: [...lists].map(([name, list]) => ({ name, ...list })) };
  }
}

function refusedOr<Result>(work: () => Result): Result | Refused {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Failure) || error.exitCode !== 1) throw error;
    return { refused: error.message };
  }
}

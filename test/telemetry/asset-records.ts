import type { Event } from '@tollgate/sigma/values/event';
import { isMap } from '@tollgate/sigma/values/map';
import { assetFields, type Contract } from '../../tools/telemetry/contract';
import { deliveredOf } from '../../tools/telemetry/form-example';
import { Normaliser } from '../../tools/telemetry/normalise';

/** The fields that name the assets of a source. */
export function assetKeysOf({ derived }: Contract): string[] {
  const { derive } = derived['asset.id']!;
  return derive.how === 'asset' ? assetFields(derive) : [];
}

/** A contract's example and those of its forms, as they are delivered and as its records. */
export function examplesOf(contract: Contract): { form: string; delivered: Event; records: Event[] }[] {
  const forms = Object.entries(contract.forms ?? {}).flatMap(([form, one]) =>
    one.skip ? [] : [{ form, delivered: deliveredOf(one, one.example ?? contract.example)! }],
  );
  return forms.map(({ form, delivered }) => ({
    form,
    delivered,
    records: new Normaliser([contract]).translate(structuredClone(delivered)).records,
  }));
}

/** A record without some fields. */
export function without(record: Event, paths: readonly string[]): Event {
  const copy = structuredClone(record);
  for (const path of paths) {
    const keys = path.split('.');
    const last = keys.pop()!;
    let level: unknown = copy;
    for (const key of keys) level = isMap(level) ? level[key] : undefined;
    if (isMap(level)) delete level[last];
  }
  return copy;
}

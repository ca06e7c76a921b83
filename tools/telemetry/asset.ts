import type { Event } from '@tollgate/sigma/values/event';
import { isMap } from '@tollgate/sigma/values/map';

/** An event as one of an asset, whatever it says itself; with `null` as it is. The event that is given is not changed. */
export function ofAsset(event: Event, id: string | null): Event {
  if (id === null) return event;
  const { asset } = event;
  const named: Event = { ...event, asset: { ...(isMap(asset) ? asset : {}), id } };
  // Where events are taken as they come, the key may be written so.
  delete named['asset.id'];
  return named;
}

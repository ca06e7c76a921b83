import { addressAt, anyAddress } from './addresses';
import { HOUR } from './curve';
import type { Actor, Happening } from './happening';
import { userAgentOf } from './person';
import { below, child, type Key } from './random';
import type { AdministratorAct } from './change';
import { milliseconds } from './scenario';
import type { Label } from './types';
import type { Model } from './world';

/** Who acts when a scenario or a world's routine says `by`. Staff work from two addresses; a thief from a rented server. */
export function actorOf(model: Model, by: AdministratorAct['by'], key: Key): Actor {
  const staff = below(child(model.key, 'staff'), 'address', 200);
  switch (by) {
    case 'administrator': {
      const person = below(key, 'person', 3);
      const address = addressAt('staff', staff + (person === 0 ? 1 : 0));
      return { name: `admin-${person + 1}`, address, userAgent: userAgentOf(model, child(model.key, 'admin', person)) };
    }
    case 'automation':
      return {
        name: 'deploy',
        address: addressAt('staff', staff + 2),
        userAgent: 'APN/1.0 HashiCorp/1.0 Terraform/1.9.8',
      };
    case 'stolen_session':
      return { name: 'admin-1', address: stolenFrom(model, key), userAgent: userAgentOf(model, key) };
    case 'stolen_key':
      return { name: 'deploy', address: stolenFrom(model, key), userAgent: 'aws-cli/2.17.20' };
    case 'provider':
      return { name: 'provider', address: '', userAgent: '' };
  }
}

function stolenFrom(model: Model, key: Key): string {
  return anyAddress('vpn', child(key, 'address'), 254, model.key);
}

/** What a change, made at a time, looks like: once, or as often as it is repeated. */
export function changeHappenings(
  model: Model,
  change: AdministratorAct,
  at: number,
  key: Key,
  label: Label,
): Happening[] {
  const times = change.repeat?.times ?? 1;
  const every = change.repeat ? milliseconds(change.repeat.every) : 0;
  const by = actorOf(model, change.by, key);
  return Array.from({ length: times }, (_, step) => ({
    kind: 'change',
    time: at + step * every,
    key,
    step,
    label,
    change,
    by,
  }));
}

/** The longest time between a change and the last of its repetitions. */
export function changeLength(change: AdministratorAct): number {
  return change.repeat ? (change.repeat.times - 1) * milliseconds(change.repeat.every) : 0;
}

/** Routine work is done in office hours, of the day that a draw gave. */
export function inOfficeHours(model: Model, day: number, key: Key): number {
  return day + (8 - model.world.utc_offset_minutes / 60) * HOUR + below(key, 'hour', 9 * HOUR);
}

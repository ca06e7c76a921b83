import type { Actor, Happening } from '../happening';
import type { Lens } from '../lens';
import { below, between, child, rootKey, uuid } from '../random';
import type { VonageChange } from '../change';
import { wholeSeconds } from './times';

/** Vonage's audit events: who changed what in the account, from the dashboard or through the API, and from which address. */
export const vonageAudit: Lens = {
  source: 'vonage.audit',
  runs: ['vonage'],
  clock: 1000,
  sees: (happening) => changeOf(happening) !== null,
  record(happening, world) {
    const { change, by, person } = changeOf(happening)!;
    return {
      id: uuid(child(happening.key, 'audit', happening.step)),
      event_type: change.event,
      created_at: wholeSeconds(happening.time),
      ...(person && { user_email: `${by.name}@${world.web.service}.example`, user_id: userId(by) }),
      account_id: world.vonage!.account,
      source: person ? 'CD' : 'DEVAPI',
      source_description: person ? 'Customer Dashboard' : 'Developer API',
      source_ip: by.address,
    };
  },
  delay: (key) => Math.round(between(key, 'polling', 20_000, 320_000)),
};

function changeOf(happening: Happening): { change: VonageChange; by: Actor; person: boolean } | null {
  if (happening.kind !== 'change' || !happening.change.vonage) return null;
  const { change, by } = happening;
  return { change: change.vonage!, by, person: change.by === 'administrator' || change.by === 'stolen_session' };
}

/** Vonage numbers its users; the same name is the same user in every run. */
function userId({ name }: Actor): number {
  return 1_000_000 + below(rootKey(0, name), 'user id', 9_000_000);
}

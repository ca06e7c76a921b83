import type { Behaviour } from './life';
import { bounds, milliseconds, type Trouble } from './scenario';
import type { Placed } from './schedule';
import type { Label } from './types';
import type { Person } from './person';
import type { Flow, World } from './world';

/** Ordinary traffic in trouble: from when to when, which visits, and whose doing these then are. */
export interface Troubled {
  from: number;
  to: number;
  label: Label;
  meets: (flow: Flow, person: Person) => boolean;
  /** How the visits that it meets go on. */
  under: (usual: Behaviour) => Behaviour;
}

/** What an occurrence does to a world's ordinary traffic. */
export function troublesOf(world: World, { scenario, occurrence, begins, ends }: Placed): Troubled[] {
  const label: Label = { kind: 'benign', occurrence: occurrence.number };
  return (scenario.ordinary ?? []).map((trouble) => {
    const from = begins + milliseconds(trouble.from ?? '0s');
    const to = trouble.lasts ? from + milliseconds(trouble.lasts) : ends;
    return { from, to, label, meets: meeting(world, trouble), under: (usual) => ({ ...usual, ...worse(trouble) }) };
  });
}

/** The person is asked last: where he is and who carries him has to be worked out. */
function meeting(world: World, { flows, via, countries, carrier }: Trouble): Troubled['meets'] {
  const named = flows?.map((name) => world.flows[name]);
  return (flow, person) =>
    (named?.includes(flow) ?? true) &&
    (via?.includes(flow.provider) ?? true) &&
    (countries?.includes(person.country) ?? true) &&
    (carrier === undefined || person.carrier === carrier);
}

function worse({ late, arrives }: Trouble): Partial<Behaviour> {
  return { ...(late && { late: bounds(late) }), ...(arrives !== undefined && { arrives }) };
}

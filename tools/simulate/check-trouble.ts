import { didYouMean } from '@tollgate/sigma/diagnostics/suggest';
import type { Misfit } from '../foundation/content/misfit';
import { lengthMisfits } from './check-traffic';
import { unknownCountry } from './check-world';
import { bounds, milliseconds, type Scenario, type Trouble } from './scenario';
import { canOccur } from './schedule';
import type { World } from './world';

type Path = (string | number)[];

/** A message that is later still would come after all that its visit causes. */
const LATEST = milliseconds('40m');

/** What is wrong with what a scenario does to ordinary traffic, at `path`: alone, and in the worlds where it may occur. */
export function troubleMisfits(scenario: Scenario, trouble: Trouble, path: Path, worlds: World[]): Misfit[] {
  return [
    ...lengthMisfits(scenario, trouble, path),
    ...(trouble.countries ?? []).flatMap((country, index) =>
      unknownCountry(country, [...path, 'countries', index], 'value'),
    ),
    ...latenessMisfits(trouble, path),
    ...worlds.filter((one) => canOccur(scenario, one)).flatMap((world) => worldMisfits(trouble, path, world)),
  ];
}

function latenessMisfits({ late }: Trouble, path: Path): Misfit[] {
  if (!late || bounds(late)[1] <= LATEST) return [];
  const message = 'messages are at most 40 minutes late';
  return [{ path: [...path, 'late'], code: 'wrong-value', message, hint: 'a code is dead after ten: say arrives: 0' }];
}

/** What a world in which the scenario may occur does not have. */
function worldMisfits({ flows = [], carrier }: Trouble, path: Path, world: World): Misfit[] {
  const where = `in world '${world.name}', where this scenario may occur`;
  const found = flows.flatMap((flow, index): Misfit[] => {
    if (flow in world.flows) return [];
    const hint = `${didYouMean(flow, Object.keys(world.flows))} Or say requires: {flows: [${flow}]}`;
    return [
      { path: [...path, 'flows', index], code: 'unknown-flow', message: `there is no flow '${flow}' ${where}`, hint },
    ];
  });
  if (carrier !== undefined && !(carrier in world.carriers)) {
    const message = `there is no carrier '${carrier}' ${where}`;
    const hint = didYouMean(carrier, Object.keys(world.carriers));
    found.push({ path: [...path, 'carrier'], code: 'unknown-carrier', message, hint });
  }
  return found;
}

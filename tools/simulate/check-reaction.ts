import type { Misfit } from '../foundation/content/misfit';
import { capacity } from './addresses';
import type { Reaction, ScenarioTraffic } from './scenario';

type Path = (string | number)[];

/** What is wrong with how a stream reacts to refusals; `path` is the stream's. */
export function reactionMisfits(traffic: ScenarioTraffic, path: Path): Misfit[] {
  const { reacts, blocked, captcha_stops: stops = 0 } = traffic;
  if (!reacts) return [];
  if (!blocked && stops === 0) {
    const message = 'it reacts to refusals, but nothing refuses';
    const hint = 'say what does: blocked or captcha_stops';
    return [{ path: [...path, 'reacts'], part: 'key', code: 'wrong-value', message, hint }];
  }
  if (reacts.by.includes('stop') && reacts.by.length > 1) {
    const message = 'what has stopped moves nowhere';
    return [{ path: [...path, 'reacts', 'by'], code: 'wrong-value', message, hint: 'by: [stop]' }];
  }
  return reacts.by.flatMap((by, index): Misfit[] => {
    const lack = lackOf(by, traffic);
    return lack ? [{ path: [...path, 'reacts', 'by', index], code: 'wrong-value', ...lack }] : [];
  });
}

/** What a stream would need to move so, if it has it not. */
function lackOf(by: Reaction, { destinations, clients }: ScenarioTraffic): { message: string; hint: string } | null {
  switch (by) {
    case 'stop':
      return null;
    case 'country': {
      const { countries } = destinations;
      const alone =
        typeof countries === 'object' && ('count' in countries ? countries.count : Object.keys(countries).length) < 2;
      if (countries !== 'usual' && !alone) return null;
      return { message: 'there is no other country to move to', hint: 'name several' };
    }
    case 'numbers':
      if (['leased', 'consecutive'].includes(destinations.numbers)) return null;
      return {
        message: `'${destinations.numbers}' has no blocks that could be left for others`,
        hint: 'numbers: leased',
      };
    case 'clients': {
      const { network = 'usual', addresses = 1 } = clients ?? {};
      // Few addresses are scattered over a network, many are its first ones, which leaves no others.
      if (network !== 'usual' && addresses * 4 <= capacity(network)) return null;
      const message =
        network === 'usual'
          ? 'there are no addresses that could be left for others'
          : `'${network}' has too few addresses to move to others`;
      return { message, hint: 'name a larger network, or fewer addresses' };
    }
  }
}

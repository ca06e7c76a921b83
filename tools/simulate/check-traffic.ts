import { didYouMean } from '@tollgate/sigma/diagnostics/suggest';
import { unknownCountry } from './check-world';
import { LENSES } from './lenses';
import type { Misfit } from '../foundation/content/misfit';
import { blockCount, COUNTRIES } from './numbers';
import { PROVIDERS, type ProviderFacts } from './providers';
import { canOccur } from './schedule';
import { bounds, milliseconds, type Scenario, type ScenarioTraffic } from './scenario';
import type { Guard } from './way';
import type { World } from './world';

type Path = (string | number)[];

/** What a provider must have to refuse for a reason, what is said of one that has it not, and a source of one that has it. */
const GUARDS: Partial<Record<Guard, { has: (provider: ProviderFacts) => boolean; lack: string; source: string }>> = {
  spend_limit: { has: ({ limits }) => limits, lack: 'has no spend limit', source: 'aws.sns' },
  closed_country: { has: ({ closes }) => closes, lack: 'closes no countries', source: 'twilio.verify' },
  send_limit: {
    has: ({ sends }) => sends < Infinity,
    lack: 'sends a code as often as it is asked',
    source: 'twilio.verify',
  },
};

/** What is wrong with one stream of a scenario at `path`: alone, and in the worlds where the scenario may occur. */
export function trafficMisfits(scenario: Scenario, traffic: ScenarioTraffic, path: Path, worlds: World[]): Misfit[] {
  return [
    ...lengthMisfits(scenario, traffic, path),
    ...destinationMisfits(traffic, path),
    ...(traffic.logging?.sources ?? []).flatMap((source, index) =>
      unknownSource(source, [...path, 'logging', 'sources', index]),
    ),
    ...actorMisfits(scenario, traffic, path),
    ...worlds.filter((one) => canOccur(scenario, one)).flatMap((world) => worldMisfits(traffic, path, world)),
  ];
}

function lengthMisfits({ duration }: Scenario, { from = '0s', lasts }: ScenarioTraffic, path: Path): Misfit[] {
  const begins = milliseconds(from);
  const [shortest] = bounds(duration);
  if (begins >= 0 && begins < shortest && begins + milliseconds(lasts ?? '0s') <= shortest) return [];
  const at = [...path, lasts ? 'lasts' : 'from'];
  const message = `the stream lies outside the scenario's duration of ${typeof duration === 'string' ? duration : `at least ${duration[0]}`}`;
  return [{ path: at, code: 'end-before-start', message, hint: 'lengthen the duration, or shorten the stream' }];
}

function destinationMisfits({ destinations }: ScenarioTraffic, path: Path): Misfit[] {
  const { countries, numbers, blocks = 1 } = destinations;
  if (countries === 'usual') {
    if (numbers === 'subscribers') return [];
    const message = `'${numbers}' needs countries, but they are as usual`;
    const hint = 'name the countries, or use subscribers';
    return [{ path: [...path, 'destinations', 'numbers'], code: 'wrong-value', message, hint }];
  }
  const found = Object.keys(countries).flatMap((country) =>
    unknownCountry(country, [...path, 'destinations', 'countries', country], 'key'),
  );
  for (const country of Object.keys(countries).filter((one) => COUNTRIES.includes(one))) {
    const most = blockCount(country);
    if (blocks <= most) continue;
    const message = `${country} has ${most} blocks of numbers that belong to nobody, not ${blocks}`;
    const hint = `blocks: ${most}, or another country`;
    found.push({ path: [...path, 'destinations', 'blocks'], code: 'wrong-value', message, hint });
  }
  return found;
}

function actorMisfits({ kind }: Scenario, { entry, via, times_usual: times }: ScenarioTraffic, path: Path): Misfit[] {
  const found: Misfit[] = [];
  if (entry === 'administrator' && via !== 'cognito') {
    const message = 'accounts are made by an administrator in Cognito only';
    found.push({ path: [...path, 'via'], code: 'wrong-value', message, hint: 'via: cognito' });
  }
  if (kind === 'malicious' && path[0] === 'traffic' && times !== undefined) {
    const message = "an attacker doesn't know how large his victim is";
    found.push({
      path: [...path, 'times_usual'],
      part: 'key',
      code: 'wrong-value',
      message,
      hint: 'say visits_per_hour alone',
    });
  }
  return found;
}

/** What a world in which the scenario may occur does not have. */
function worldMisfits(traffic: ScenarioTraffic, path: Path, world: World): Misfit[] {
  const found: Misfit[] = [];
  const add = (at: Path, code: string, message: string, hint: string): void => {
    const where = `in world '${world.name}', where this scenario may occur`;
    found.push({ path: [...path, ...at], code, message: `${message} ${where}`, hint });
  };
  const { flow, entry, via, blocked, calls_from: calls, destinations } = traffic;
  const there = flow === undefined ? undefined : world.flows[flow];
  if (flow !== undefined && !there) {
    const hint = `${didYouMean(flow, Object.keys(world.flows))} Or say requires: {flows: [${flow}]}`;
    add(['flow'], 'unknown-flow', `there is no flow '${flow}'`, hint);
  } else if (there && Boolean(there.paths) !== (entry === 'form')) {
    const form = there.paths ? 'form' : 'application';
    add(['entry'], 'wrong-value', `flow '${flow}' has ${there.paths ? 'a' : 'no'} form`, `entry: ${form}`);
  }
  if (via && !world.runs.includes(PROVIDERS[via].facility)) {
    const { facility, source } = PROVIDERS[via];
    add(['via'], 'wrong-value', `'${facility}' is not run`, `say requires: {sources: [${source}]}`);
  }
  const { carrier } = destinations;
  if (carrier !== undefined && !(carrier in world.carriers)) {
    const hint = didYouMean(carrier, Object.keys(world.carriers));
    add(['destinations', 'carrier'], 'unknown-carrier', `there is no carrier '${carrier}'`, hint);
  }
  const provider = via ?? there?.provider;
  if (calls !== undefined && !(provider && PROVIDERS[provider].calls)) {
    const hint = 'name a flow that does, or say requires: {sources: [twilio.verify]}';
    add(['calls_from'], 'wrong-value', 'the provider of these messages does not call', hint);
  }
  const guard = GUARDS[blocked?.by ?? 'protection'];
  if (guard && !(provider && guard.has(PROVIDERS[provider]))) {
    const hint = `name a flow that does, or say requires: {sources: [${guard.source}]}`;
    add(['blocked', 'by'], 'wrong-value', `the provider of these messages ${guard.lack}`, hint);
  }
  return found;
}

/** A diagnostic where no lens renders a source. */
export function unknownSource(source: string, path: Path): Misfit[] {
  const known = LENSES.map((lens) => lens.source);
  if (known.includes(source)) return [];
  return [
    {
      path,
      code: 'unknown-source',
      message: `no source '${source}' can be simulated`,
      hint: didYouMean(source, known),
    },
  ];
}

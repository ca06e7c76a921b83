import { didYouMean } from '../content/suggest';
import { unknownCountry } from './check-world';
import { LENSES } from './lenses';
import type { Misfit } from '../content/misfit';
import { canOccur } from './schedule';
import { milliseconds, type Scenario, type Traffic } from './scenario';
import type { World } from './world';

/** What is wrong with a scenario that its schema can't say: alone, in its folder, and in the worlds where it may occur. */
export function scenarioMisfits(scenario: Scenario, folder: string, all: Scenario[], worlds: World[]): Misfit[] {
  return [
    ...kindMisfits(scenario, folder, all),
    ...withinMisfits(scenario, all),
    ...timeMisfits(scenario),
    ...(scenario.requires?.sources ?? []).flatMap((source, index) =>
      unknownSource(source, ['requires', 'sources', index]),
    ),
    ...scenario.traffic.flatMap((traffic, index) => trafficMisfits(scenario, traffic, ['traffic', index], worlds)),
    ...nothing(scenario),
  ];
}

function kindMisfits(scenario: Scenario, folder: string, all: Scenario[]): Misfit[] {
  const found: Misfit[] = [];
  const { kind, name } = scenario;
  if (kind !== folder) {
    const message = `a ${kind} scenario lies in the folder '${folder}'`;
    found.push({ path: ['kind'], code: 'wrong-folder', message, hint: `move it to '${kind}', or correct its kind` });
  }
  if (kind === 'benign' && !scenario.exposure) {
    const message = "a benign scenario needs 'exposure'";
    found.push({
      path: [],
      code: 'missing-key',
      message,
      hint: 'say how often a business meets it: exposure: {per_year: 4}',
    });
  }
  if (kind === 'malicious' && !scenario.signals) {
    const message = "a malicious scenario needs 'signals'";
    found.push({
      path: [],
      code: 'missing-key',
      message,
      hint: 'name the raw fields that give it away: signals: [destination.number]',
    });
  }
  if (kind === 'malicious' && scenario.exposure) {
    const message = "only a benign scenario has 'exposure'";
    found.push({ path: ['exposure'], part: 'key', code: 'unknown-key', message, hint: 'delete it' });
  }
  const twin = all.find((other) => other !== scenario && other.name === name);
  if (twin) {
    const message = `there is another scenario '${name}', ${twin.file}`;
    found.push({ path: [], code: 'duplicate-name', message, hint: 'rename one of the two files' });
  }
  return found;
}

function withinMisfits({ within, start }: Scenario, all: Scenario[]): Misfit[] {
  const after = 'after' in start;
  if (within === undefined) {
    if (!after) return [];
    const message = "'after' says how long after another scenario, but 'within' names none";
    return [
      {
        path: ['start', 'after'],
        part: 'key',
        code: 'missing-key',
        message,
        hint: "add 'within', or give day and hour",
      },
    ];
  }
  const host = all.find(({ name }) => name === within);
  const benign = all
    .filter(({ kind, within: nested }) => kind === 'benign' && nested === undefined)
    .map(({ name }) => name);
  if (!host || !benign.includes(within)) {
    const message = host ? `'${within}' is not an honest scenario of its own` : `there is no scenario '${within}'`;
    return [{ path: ['within'], code: 'unknown-scenario', message, hint: didYouMean(within, benign) }];
  }
  if (after) return [];
  const message = `it hides in '${within}', so its start must be told from that one's`;
  return [{ path: ['start'], part: 'key', code: 'wrong-value', message, hint: 'start: {after: [20m, 60m]}' }];
}

function timeMisfits(scenario: Scenario): Misfit[] {
  const { start } = scenario;
  const pairs: { path: (string | number)[]; pair: [number, number] }[] =
    'after' in start
      ? [{ path: ['start', 'after'], pair: [milliseconds(start.after[0]), milliseconds(start.after[1])] }]
      : [
          { path: ['start', 'day'], pair: start.day },
          { path: ['start', 'hour'], pair: start.hour },
        ];
  for (const [index, { visits_per_hour: rate }] of scenario.traffic.entries()) {
    if (typeof rate !== 'number') pairs.push({ path: ['traffic', index, 'visits_per_hour'], pair: rate });
  }
  return pairs
    .filter(({ pair }) => pair[1] < pair[0])
    .map(({ path }) => ({
      path,
      code: 'end-before-start',
      message: `the second value of '${path.join('.')}' is below the first`,
      hint: 'give the earlier or lower one first',
    }));
}

function trafficMisfits(scenario: Scenario, traffic: Traffic, path: (string | number)[], worlds: World[]): Misfit[] {
  const { countries, carrier } = traffic.destinations;
  const found: Misfit[] = [];
  if (countries !== 'usual') {
    for (const country of Object.keys(countries)) {
      found.push(...unknownCountry(country, [...path, 'destinations', 'countries', country], 'key'));
    }
  }
  found.push(...streamMisfits(scenario, traffic, path));
  for (const world of worlds.filter((one) => canOccur(scenario, one))) {
    found.push(...worldMisfits(traffic, carrier, path, world));
  }
  return found;
}

function streamMisfits(
  { duration }: Scenario,
  { from = '0s', lasts, entry, via, destinations }: Traffic,
  path: (string | number)[],
): Misfit[] {
  const found: Misfit[] = [];
  const begins = milliseconds(from);
  const whole = milliseconds(duration);
  if (begins < 0 || begins >= whole || begins + milliseconds(lasts ?? '0s') > whole) {
    const at = [...path, lasts ? 'lasts' : 'from'];
    const message = `the stream lies outside the scenario's duration of ${duration}`;
    found.push({ path: at, code: 'end-before-start', message, hint: 'lengthen the duration, or shorten the stream' });
  }
  if (entry === 'administrator' && via !== 'cognito') {
    const message = 'accounts are made by an administrator in Cognito only';
    found.push({ path: [...path, 'via'], code: 'wrong-value', message, hint: 'via: cognito' });
  }
  if (destinations.countries === 'usual' && destinations.numbers !== 'subscribers') {
    const message = `'${destinations.numbers}' needs countries, but they are as usual`;
    found.push({
      path: [...path, 'destinations', 'numbers'],
      code: 'wrong-value',
      message,
      hint: 'name the countries, or use subscribers',
    });
  }
  return found;
}

/** What a world in which the scenario may occur does not have. */
function worldMisfits(
  { flow, entry, via }: Traffic,
  carrier: string | undefined,
  path: (string | number)[],
  world: World,
): Misfit[] {
  const found: Misfit[] = [];
  const elsewhere = `in world '${world.name}', where this scenario may occur`;
  if (flow !== undefined) {
    const there = world.flows[flow];
    if (!there) {
      const hint = `${didYouMean(flow, Object.keys(world.flows))} Or say requires: {flows: [${flow}]}`;
      found.push({
        path: [...path, 'flow'],
        code: 'unknown-flow',
        message: `there is no flow '${flow}' ${elsewhere}`,
        hint,
      });
    } else if (Boolean(there.paths) !== (entry === 'form')) {
      const message = `flow '${flow}' has ${there.paths ? 'a' : 'no'} form ${elsewhere}`;
      found.push({
        path: [...path, 'entry'],
        code: 'wrong-value',
        message,
        hint: `entry: ${there.paths ? 'form' : 'application'}`,
      });
    }
  }
  if (via === 'cognito' && !world.aws) {
    const message = `there is no AWS account ${elsewhere}`;
    found.push({ path: [...path, 'via'], code: 'wrong-value', message, hint: 'say requires: {sources: [aws.sns]}' });
  }
  if (carrier !== undefined && !(carrier in world.carriers)) {
    const message = `there is no carrier '${carrier}' ${elsewhere}`;
    found.push({
      path: [...path, 'destinations', 'carrier'],
      code: 'unknown-carrier',
      message,
      hint: didYouMean(carrier, Object.keys(world.carriers)),
    });
  }
  return found;
}

function unknownSource(source: string, path: (string | number)[]): Misfit[] {
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

function nothing(scenario: Scenario): Misfit[] {
  if (scenario.traffic.length > 0 || (scenario.changes ?? []).length > 0) return [];
  const message = 'nothing happens in it: it has neither traffic nor changes';
  return [
    {
      path: ['traffic'],
      part: 'key',
      code: 'wrong-value',
      message,
      hint: 'add a stream of visits, or an act of an administrator',
    },
  ];
}

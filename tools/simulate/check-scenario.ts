import { didYouMean } from '@tollgate/sigma/diagnostics/suggest';
import { troubleMisfits } from './check-trouble';
import { trafficMisfits, unknownSource } from './check-traffic';
import type { Misfit } from '../foundation/content/misfit';
import { bounds, milliseconds, type Scenario } from './scenario';
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
    ...(['traffic', 'provokes'] as const).flatMap((key) =>
      (scenario[key] ?? []).flatMap((traffic, index) => trafficMisfits(scenario, traffic, [key, index], worlds)),
    ),
    ...(scenario.ordinary ?? []).flatMap((trouble, index) =>
      troubleMisfits(scenario, trouble, ['ordinary', index], worlds),
    ),
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
      hint: 'say by what it stands out: signals: [number, country]',
    });
  }
  if (kind === 'malicious' && scenario.exposure) {
    const message = "only a benign scenario has 'exposure'";
    found.push({ path: ['exposure'], part: 'key', code: 'unknown-key', message, hint: 'delete it' });
  }
  if (kind === 'malicious' && scenario.indistinguishable !== undefined) {
    const message = "only a benign scenario has 'indistinguishable'";
    found.push({ path: ['indistinguishable'], part: 'key', code: 'unknown-key', message, hint: 'delete it' });
  }
  if (kind === 'benign' && scenario.provokes) {
    const message = "only a malicious scenario has 'provokes'";
    found.push({ path: ['provokes'], part: 'key', code: 'unknown-key', message, hint: "add its streams to 'traffic'" });
  }
  if (kind === 'malicious' && scenario.ordinary) {
    const message = "only a benign scenario has 'ordinary'";
    found.push({
      path: ['ordinary'],
      part: 'key',
      code: 'unknown-key',
      message,
      hint: 'say it in one, and hide within it',
    });
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
  pairs.push({ path: ['duration'], pair: bounds(scenario.duration) });
  for (const key of ['traffic', 'provokes'] as const) {
    for (const [index, traffic] of (scenario[key] ?? []).entries()) {
      for (const quantity of ['visits_per_hour', 'times_usual', 'answers', 'uses'] as const) {
        const range = traffic[quantity];
        if (Array.isArray(range)) pairs.push({ path: [key, index, quantity], pair: range });
      }
      if (traffic.resend_after) pairs.push({ path: [key, index, 'resend_after'], pair: bounds(traffic.resend_after) });
    }
  }
  for (const [index, { late }] of (scenario.ordinary ?? []).entries())
    if (late) pairs.push({ path: ['ordinary', index, 'late'], pair: bounds(late) });
  return pairs
    .filter(({ pair }) => pair[1] < pair[0])
    .map(({ path }) => ({
      path,
      code: 'end-before-start',
      message: `the second value of '${path.join('.')}' is below the first`,
      hint: 'give the earlier or lower one first',
    }));
}

function nothing(scenario: Scenario): Misfit[] {
  if (scenario.traffic.length > 0 || (scenario.changes ?? []).length > 0 || scenario.ordinary) return [];
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

import type { DiagnosticCode } from '@tollgate/sigma/diagnostics/diagnostic';
import { didYouMean } from '@tollgate/sigma/diagnostics/suggest';
import { reactionMisfits } from './check-reaction';
import { destinationMisfits, placeMisfits } from './check-destinations';
import { MINUTE } from './curve';
import { LENSES } from './lenses';
import { CODE_LIFE } from './life';
import type { Misfit } from '../foundation/content/misfit';
import { PROVIDERS, type ProviderFacts } from './providers';
import { canOccur, isTenant } from './schedule';
import { bounds, milliseconds, type Scenario, type ScenarioTraffic } from './scenario';
import type { Guard, Provider } from './way';
import { asksAccount, type Flow, type World } from './world';

type Path = (string | number)[];

/** What a provider must have to refuse for a reason, what is said of one that has it not, and a source of one that has it. */
const GUARDS: Partial<Record<Guard, { has: (provider: ProviderFacts) => boolean; lack: string; source: string }>> = {
  spend_limit: { has: ({ limits }) => limits, lack: 'has no spend limit', source: 'aws.sns' },
  closed_country: { has: ({ closes }) => closes, lack: 'closes no countries', source: 'twilio.verify' },
  fake_signup: { has: ({ vets }) => vets, lack: 'refuses no sign-ups as fakes', source: 'twilio.verify' },
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
    ...waitMisfits(traffic, path),
    ...reactionMisfits(traffic, path),
    ...destinationMisfits(traffic, path),
    ...(traffic.logging?.sources ?? []).flatMap((source, index) =>
      unknownSource(source, [...path, 'logging', 'sources', index]),
    ),
    ...actorMisfits(scenario, traffic, path),
    ...worlds.filter((one) => canOccur(scenario, one)).flatMap((world) => worldMisfits(traffic, path, world)),
  ];
}

/** Where what lasts for a time lies outside its scenario. */
export function lengthMisfits(
  { duration }: Scenario,
  { from = '0s', lasts }: Pick<ScenarioTraffic, 'from' | 'lasts'>,
  path: Path,
): Misfit[] {
  const begins = milliseconds(from);
  const [shortest] = bounds(duration);
  if (begins >= 0 && begins < shortest && begins + milliseconds(lasts ?? '0s') <= shortest) return [];
  const at = [...path, lasts ? 'lasts' : 'from'];
  const message = `it lies outside the scenario's duration of ${typeof duration === 'string' ? duration : `at least ${duration[0]}`}`;
  return [{ path: at, code: 'end-before-start', message, hint: 'lengthen the duration, or shorten it' }];
}

function waitMisfits({ resend_after: wait, more_codes: more = 0 }: ScenarioTraffic, path: Path): Misfit[] {
  if (wait === undefined) return [];
  const longest = Math.max(1, more) * bounds(wait)[1];
  if (longest <= CODE_LIFE) return [];
  const message = `its last code is asked for ${Math.round(longest / MINUTE)} minutes after the first, which is dead by then`;
  const hint = 'a code lives ten minutes: wait less, or say visits with the same numbers';
  return [{ path: [...path, 'resend_after'], code: 'wrong-value', message, hint }];
}

function actorMisfits(
  { kind }: Scenario,
  { entry, via, accounts, times_usual: times }: ScenarioTraffic,
  path: Path,
): Misfit[] {
  const found: Misfit[] = [];
  if (entry === 'administrator' && via !== 'cognito') {
    const message = 'accounts are made by an administrator in Cognito only';
    found.push({ path: [...path, 'via'], code: 'wrong-value', message, hint: 'via: cognito' });
  }
  if (accounts !== undefined && entry !== 'form' && entry !== 'application') {
    const message = entry === 'provider' ? "the provider's API knows no accounts" : 'each visit makes a new account';
    found.push({ path: [...path, 'accounts'], part: 'key', code: 'wrong-value', message, hint: 'leave it out' });
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
  const add = (at: Path, code: DiagnosticCode, message: string, hint = ''): void => {
    const where = `in world '${world.name}', where this scenario may occur`;
    found.push({ path: [...path, ...at], code, message: `${message} ${where}`, hint });
  };
  const { flow, entry, via, blocked, calls_from: calls, destinations, guesses = 0 } = traffic;
  const there = flow === undefined ? undefined : world.flows[flow];
  if (flow !== undefined && !there) {
    const hint = `${didYouMean(flow, Object.keys(world.flows))} Or say requires: {flows: [${flow}]}`;
    add(['flow'], 'unknown-flow', `there is no flow '${flow}'`, hint);
  } else if (there && Boolean(there.paths) !== (entry === 'form')) {
    const form = there.paths ? 'form' : 'application';
    add(['entry'], 'wrong-value', `flow '${flow}' has ${there.paths ? 'a' : 'no'} form`, `entry: ${form}`);
  }
  if (there && !asksAccount(there) && traffic.accounts !== undefined) {
    const message = there.purpose === 'signup' ? 'makes a new account' : 'needs no account';
    const hint = 'name a flow of people who have one, such as login, or leave it out';
    add(['accounts'], 'wrong-value', `a visit of flow '${flow}' ${message}`, hint);
  }
  if (there?.paths && there.purpose === 'notification' && mayAnswer(traffic)) {
    add(['answers'], 'wrong-value', `flow '${flow}' has no code that could come back`, 'answers: 0, or leave it out');
  }
  for (const [index, tenant] of (traffic.tenants === 'all' ? [] : (traffic.tenants ?? [])).entries()) {
    if (isTenant(tenant, world)) continue;
    const hint = `${didYouMean(tenant, [world.asset, ...Object.keys(world.tenants ?? {})])} Or say requires: {tenants: [${tenant}]}`;
    add(['tenants', index], 'unknown-tenant', `there is no asset '${tenant}'`, hint);
  }
  if (via && !world.runs.includes(PROVIDERS[via].facility)) {
    const { facility, source } = PROVIDERS[via];
    add(['via'], 'wrong-value', `'${facility}' is not run`, `say requires: {sources: [${source}]}`);
  }
  for (const { path: at, code, message, hint } of placeMisfits(destinations, world)) add(at, code, message, hint);
  const provider = via ?? there?.provider;
  if (calls !== undefined && !(provider && PROVIDERS[provider].calls)) {
    const hint = 'name a flow that does, or say requires: {sources: [twilio.verify]}';
    add(['calls_from'], 'wrong-value', 'the provider of these messages does not call', hint);
  }
  if (guesses > 0 && (entry === 'administrator' || !(provider && hasCode(provider, there)))) {
    const message = 'these messages have no code that could be guessed';
    add(['guesses'], 'wrong-value', message, 'name a flow that has one, such as login, or leave it out');
  } else if (provider && guesses >= PROVIDERS[provider].wrongCodes) {
    const { wrongCodes } = PROVIDERS[provider];
    const message = `the provider ends a verification at the wrong code number ${wrongCodes}`;
    add(['guesses'], 'wrong-value', message, `guesses: ${wrongCodes - 1}, or less`);
  }
  const guard = GUARDS[blocked?.by ?? 'protection'];
  if (guard && !(provider && guard.has(PROVIDERS[provider]))) {
    const hint = `name a flow that does, or say requires: {sources: [${guard.source}]}`;
    add(['blocked', 'by'], 'wrong-value', `the provider of these messages ${guard.lack}`, hint);
  }
  return found;
}

function mayAnswer({ answers = 0 }: ScenarioTraffic): boolean {
  return answers !== 'usual' && (typeof answers === 'number' ? answers : answers[1]) > 0;
}

/** Whether a message of a flow, or of none through a provider, has a code. */
function hasCode(provider: Provider, flow?: Flow): boolean {
  return flow ? flow.purpose !== 'notification' : !PROVIDERS[provider].texts;
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

import type { Event } from '@tollgate/sigma/values/event';
import type { Happening, Visit } from '../happening';
import type { Lens } from '../lens';
import { between, child, uuid } from '../random';
import type { Flow, World } from '../world';
import { cognitoSub } from './ids';

/** What a user pool calls the first request of a flow and the further ones. Of confirming, no event is documented. */
const TYPES: Partial<Record<Flow['purpose'], { first: string; again: string }>> = {
  signup: { first: 'SignUp', again: 'ResendCode' },
  login: { first: 'SignIn', again: 'SignIn' },
  password_reset: { first: 'ForgotPassword', again: 'ForgotPassword' },
};

/** Twilio's code for a number that does not exist: with it the happenings tell what SNS refuses at once. */
const NO_NUMBER = 30005;

/**
 * The logs that a user pool exports: what users ask of it, with their addresses, and the codes that SNS did not take. The networks of the simulation
 * lie in no country, so city and country are empty.
 */
export const awsCognito: Lens = {
  source: 'aws.cognito',
  runs: ['cognito'],
  clock: 1,
  sees: (happening) => activityOf(happening) !== null || isError(happening),
  record(happening, world) {
    const activity = activityOf(happening);
    return {
      owner: world.aws!.account,
      logGroup: `/aws/vendedlogs/cognito/${world.aws!.user_pool_id}`,
      timestamp: happening.time,
      eventTimestamp: String(happening.time),
      eventSource: activity ? 'USER_ACTIVITY' : 'USER_NOTIFICATION',
      logLevel: activity ? 'INFO' : 'ERROR',
      message: activity ? messageOf(activity, happening, world) : { details: 'The SMS message could not be sent.' },
      logSourceId: { userPoolId: world.aws!.user_pool_id },
    };
  },
  delay: (key) => Math.round(between(key, 'export', 5_000, 90_000)),
};

interface Activity {
  visit: Visit;
  type: string;
}

function activityOf(happening: Happening): Activity | null {
  if (happening.kind !== 'request' || happening.stopped !== null) return null;
  const { visit, attempt } = happening;
  const types = visit.flow.provider === 'cognito' ? TYPES[visit.flow.purpose] : undefined;
  return types ? { visit, type: attempt === 1 ? types.first : types.again } : null;
}

/** SNS refuses when its limit is reached, and for what is no number. */
function isError(happening: Happening): boolean {
  if (happening.kind !== 'send' || happening.visit.flow.provider !== 'cognito') return false;
  const { outcome, error } = happening.send;
  return outcome === 'blocked' || error === NO_NUMBER;
}

function messageOf({ visit, type }: Activity, { key, step, time }: Happening, world: World): Event {
  const sub = cognitoSub(visit.person.key);
  const [day, date, month, year, clock] = new Date(time).toUTCString().split(/,? /);
  return {
    version: '1',
    eventId: uuid(child(key, 'activity', step)),
    eventType: type,
    userSub: sub,
    userName: sub,
    userPoolId: world.aws!.user_pool_id,
    clientId: world.aws!.client_id,
    creationDate: `${day} ${month} ${date} ${clock} UTC ${year}`,
    eventResponse: 'InProgress',
    riskLevel: '',
    riskDecision: 'PASS',
    deviceName: 'Other, Other',
    ...(visit.person.client && { ipAddress: visit.person.client.address }),
    // As CloudTrail has it.
    requestId: uuid(child(child(key, 'call', step), 'request')),
    idpName: '',
    compromisedCredentialDetected: 'false',
    city: null,
    country: null,
    hasContextData: 'true',
  };
}

import type { Event } from '@tollgate/sigma/values/event';
import { isoTime } from '../../telemetry/time';
import type { Happening, Visit } from '../happening';
import type { Lens } from '../lens';
import { exponential } from '../math';
import { between, chance, child, letters, unit, type Key } from '../random';

/**
 * Identity Platform's activity log: what an app's users ask of it. One record has the number and the person's address together, since the
 * app calls Google and not the product's server.
 */
export const googleIdentity: Lens = {
  source: 'google.identity',
  runs: ['firebase'],
  clock: 1,
  sees: (happening) => callOf(happening) !== null && isLogged(happening),
  record(happening, world) {
    const { visit, method, refused, request, response } = callOf(happening)!;
    const { address, userAgent } = visit.person.client!;
    const key = child(happening.key, 'entry', happening.step);
    return {
      insertId: letters(key, 'ghjkmnpqrstuvwxy', 16),
      logName: `projects/${world.firebase!.project}/logs/identitytoolkit.googleapis.com%2Frequests`,
      timestamp: isoTime(happening.time),
      receiveTimestamp: isoTime(happening.time + Math.round(between(key, 'received', 300, 1500))),
      severity: refused ? 'ERROR' : 'INFO',
      resource: { type: 'identitytoolkit_project', labels: { project_id: world.firebase!.project } },
      jsonPayload: {
        methodName: `google.cloud.identitytoolkit.v1.AuthenticationService.${method}`,
        ...(refused && { status: { code: 3, message: refused } }),
        requestMetadata: { callerIp: address, callerSuppliedUserAgent: userAgent },
        ...(request && { request }),
        ...(response && !refused && { response }),
      },
    };
  },
  delay: (key) => Math.round(Math.min(300_000, 2_000 + exponential(unit(key, 'logging'), 6_000))),
};

interface Call {
  visit: Visit;
  method: 'SendVerificationCode' | 'SignInWithPhoneNumber';
  /** The server's error, null where there is none. */
  refused: string | null;
  request?: Event;
  response?: Event;
}

/** An attacker may have switched the log off. */
function isLogged(happening: Happening): boolean {
  return happening.kind === 'change' || happening.visit.deliveryLogged;
}

function callOf(happening: Happening): Call | null {
  if (happening.kind === 'change' || happening.visit.flow.provider !== 'firebase') return null;
  const { visit } = happening;
  if (!visit.person.client) return null;
  const request = { phoneNumber: visit.person.number };
  switch (happening.kind) {
    case 'request':
      // The others are answered by the send.
      if (happening.stopped === null) return null;
      return { visit, method: 'SendVerificationCode', refused: notTheApp(visit.key), request };
    case 'send': {
      const { key, guard } = happening.send;
      const refused = guard === null ? null : guard === 'closed_country' ? CLOSED_REGION : tooMany(key);
      return { visit, method: 'SendVerificationCode', refused, request };
    }
    case 'check': {
      const refused = happening.right ? null : 'INVALID_CODE';
      return { visit, method: 'SignInWithPhoneNumber', refused, response: { localId: localId(visit) } };
    }
    case 'page':
    case 'use':
    case 'handed_over':
    case 'done':
    case 'expiry':
      return null;
  }
}

/** The project's SMS region policy forbids the number's country. */
const CLOSED_REGION = 'OPERATION_NOT_ALLOWED : SMS unable to be sent until this region enabled by the app developer.';

/** Neither the app's attestation nor a reCAPTCHA, in the proportion in which one project has published them. */
function notTheApp(key: Key): string {
  const u = unit(key, 'not the app');
  if (u < 0.48) return 'INVALID_APP_CREDENTIAL : App validation failed';
  return u < 0.82 ? 'ALTERNATE_CLIENT_IDENTIFIER_REQUIRED : Invalid PlayIntegrity token' : 'MISSING_RECAPTCHA_TOKEN';
}

/** The service's own limits, or a carrier that it no longer sends to. */
function tooMany(key: Key): string {
  return chance(key, 'too many', 0.6) ? 'TOO_MANY_ATTEMPTS_TRY_LATER : Too many attempts' : 'Error code: 39';
}

function localId({ person }: Visit): string {
  return letters(child(person.key, 'account'), 'ghjkmnpqrstuvwxy').slice(0, 28);
}

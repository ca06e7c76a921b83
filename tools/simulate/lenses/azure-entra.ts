import { isoTime } from '../../telemetry/time';
import type { Happening, Visit } from '../happening';
import type { Lens } from '../lens';
import { between, child, uuid } from '../random';

/**
 * Entra's sign-in log: a sign-in stops where the second factor is asked for, and is there again when it was passed or not. It knows the address and the user,
 * never the number; a code that is sent again leaves no trace.
 */
export const azureEntra: Lens = {
  source: 'azure.entra',
  runs: ['azure'],
  clock: 1,
  sees: (happening) => resultOf(happening) !== null,
  record(happening, world) {
    const { visit, result, words } = resultOf(happening)!;
    const { address, userAgent } = visit.person.client!;
    return {
      TimeGenerated: isoTime(happening.time),
      Id: uuid(child(happening.key, 'sign-in', happening.step)),
      CorrelationId: uuid(child(visit.key, 'trail')),
      OperationName: 'Sign-in activity',
      Category: 'SignInLogs',
      AADTenantId: world.azure!.tenant,
      AppDisplayName: world.title,
      UserId: uuid(child(visit.person.key, 'entra user')),
      IPAddress: address,
      UserAgent: userAgent,
      IsInteractive: true,
      AuthenticationRequirement: 'multiFactorAuthentication',
      ResultType: result,
      ...(words && { ResultDescription: words }),
    };
  },
  delay: (key) => Math.round(between(key, 'diagnostics', 120_000, 540_000) + between(key, 'late', 0, 120_000)),
};

interface Result {
  visit: Visit;
  result: '0' | '50072' | '50074' | '500121';
  words?: string;
}

function resultOf(happening: Happening): Result | null {
  if (happening.kind === 'change' || happening.visit.flow.provider !== 'entra') return null;
  const { visit } = happening;
  if (!visit.person.client) return null;
  switch (happening.kind) {
    case 'request':
      if (happening.attempt > 1 || happening.stopped !== null) return null;
      return visit.flow.purpose === 'signup'
        ? { visit, result: '50072', words: 'User needs to enroll for second factor authentication.' }
        : { visit, result: '50074', words: 'Strong Authentication is required.' };
    case 'check':
      return happening.right
        ? { visit, result: '0' }
        : { visit, result: '500121', words: 'Authentication failed during strong authentication request.' };
    case 'page':
    case 'use':
    case 'send':
    case 'handed_over':
    case 'done':
    case 'expiry':
      return null;
  }
}

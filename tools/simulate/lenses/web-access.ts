import type { Happening, Visit } from '../happening';
import type { Lens } from '../lens';
import { logNormal } from '../math';
import { unit } from '../random';

/** The web server's access log: the pages with forms and what is posted to them. It sees no body, so no number. */
export const webAccess: Lens = {
  source: 'web.access',
  clock: 1,
  sees: (happening) => requestOf(happening) !== null,
  record(happening, world) {
    const { visit, method, path, status } = requestOf(happening)!;
    return {
      timestamp: new Date(happening.time).toISOString(),
      'c-ip': visit.person.client!.address,
      'cs-method': method,
      'cs-host': world.web.host,
      'cs-uri-stem': path,
      'cs-version': 'HTTP/2.0',
      'cs-user-agent': visit.person.client!.userAgent,
      ...(method === 'POST' && { 'cs-referer': `https://${world.web.host}${visit.flow.paths!.page}` }),
      'sc-status': status,
    };
  },
  delay: (key) => Math.round(Math.min(900_000, logNormal(unit(key, 'shipping'), unit(key, 'shipping', 1), 6000, 0.7))),
};

interface Request {
  visit: Visit;
  method: 'GET' | 'POST';
  path: string;
  status: number;
}

function requestOf(happening: Happening): Request | null {
  if (happening.kind === 'change' || happening.visit.entry !== 'form') return null;
  const { visit } = happening;
  const paths = visit.flow.paths!;
  switch (happening.kind) {
    case 'page':
      return { visit, method: 'GET', path: happening.path, status: 200 };
    case 'request': {
      const path = happening.attempt === 1 ? paths.request : paths.resend;
      return { visit, method: 'POST', path, status: happening.stopped === null ? 200 : 403 };
    }
    case 'check':
      return { visit, method: 'POST', path: paths.check, status: happening.right ? 200 : 400 };
    case 'send':
    case 'handed_over':
    case 'done':
    case 'expiry':
      return null;
  }
}

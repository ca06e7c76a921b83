import type { Event } from '@tollgate/sigma/values/event';
import { isoTime } from '../../telemetry/time';
import type { Happening, Visit } from '../happening';
import type { Lens } from '../lens';
import { stoppedAtEdge } from './edge';
import { lateness } from './times';

/** The web server's access log: the pages with forms and what is posted to them. It sees no body, so no number. */
export const webAccess: Lens = {
  source: 'web.access',
  runs: ['web_form'],
  clock: 1,
  sees(happening, world) {
    const { kind } = happening;
    if (stoppedAtEdge(happening, world)) return false;
    return (kind === 'page' || kind === 'request' || kind === 'check') && happening.visit.entry === 'form';
  },
  record(happening, world) {
    const { visit, method, path, status } = requestOf(happening);
    const { address, userAgent } = visit.person.client!;
    const record: Event = {
      timestamp: isoTime(happening.time),
      'c-ip': address,
      'cs-method': method,
      'cs-host': world.web.host,
      'cs-uri-stem': path,
      'cs-version': 'HTTP/2.0',
      'cs-user-agent': userAgent,
    };
    if (method === 'POST') record['cs-referer'] = `https://${world.web.host}${visit.flow.paths!.page}`;
    record['sc-status'] = status;
    return record;
  },
  delay: (key) => lateness(key, 'shipping', 6000, 0.7, 900_000),
};

/** What a browser sent, and how the server answered. */
export interface WebRequest {
  visit: Visit;
  method: 'GET' | 'POST';
  path: string;
  status: number;
}

/** The request that a page, a form's post or a check of a code is; throws for everything else. */
export function requestOf(happening: Happening): WebRequest {
  switch (happening.kind) {
    case 'page':
      return { visit: happening.visit, method: 'GET', path: happening.path, status: 200 };
    case 'request': {
      const { visit, attempt, stopped } = happening;
      const paths = visit.flow.paths!;
      const path = attempt === 1 ? paths.request : (paths.resend ?? paths.request);
      return { visit, method: 'POST', path, status: stopped === null ? 200 : 403 };
    }
    case 'check': {
      const { visit, right } = happening;
      return { visit, method: 'POST', path: visit.flow.paths!.check!, status: right ? 200 : 400 };
    }
    case 'send':
    case 'handed_over':
    case 'done':
    case 'expiry':
    case 'use':
    case 'change':
      throw new Error(`the web server does not log ${happening.kind}`);
  }
}

import type { Happening } from '../happening';
import type { World } from '../world';

const EDGES = ['aws.waf', 'cloudflare.http'];

/** Whether an edge product stopped the request with its CAPTCHA, so that nothing behind it knows. Where none is recorded, the CAPTCHA is the site's own. */
export function stoppedAtEdge(happening: Happening, world: World): boolean {
  if (happening.kind !== 'request' || happening.stopped === null) return false;
  return EDGES.some((edge) => world.sources.includes(edge));
}

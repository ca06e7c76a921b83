import type { Lab } from './lab';
import { RULE } from './lab';

/** A whole replay, as small as one can be that has something to find: one rule, one world, one campaign. */
export const SMALL = ['replay', RULE, '--world', 'regional-shop', '--days', '1', '--scenario', 'single-address-burst'];

const INDEX = 'hunted';
const DAY = '2026-08-04';
const BLOCK = '+21650';

/** A hunt, and what it looks for. */
export const HUNTED = {
  args: [
    ...['hunt', 'otp_block_unused', '--index', INDEX],
    ...['--from', `${DAY}T00:00:00Z`, '--to', `${DAY}T12:00:00Z`],
  ],
  searches: new RegExp(`/${INDEX}/_search`),
};

/** Fills the index in which the hunt finds a block of numbers. */
export async function fillHunted(lab: Lab): Promise<void> {
  const keywords = [{ strings: { match_mapping_type: 'string', mapping: { type: 'keyword' } } }];
  const mappings = { dynamic_templates: keywords, properties: { '@timestamp': { type: 'date' } } };
  await lab.ask(`/${INDEX}`, { method: 'PUT', body: JSON.stringify({ mappings }) });
  const lines = Array.from({ length: 200 }, (_, n) => `{"index":{}}\n${JSON.stringify(send(n))}\n`);
  await lab.ask(`/${INDEX}/_bulk?refresh=true`, { method: 'POST', body: lines.join('') });
}

function send(n: number): object {
  const time = `${DAY}T06:00:00.${String(n).padStart(3, '0')}Z`;
  return {
    '@timestamp': time,
    timestamp: time,
    'event.action': 'otp_sent',
    'otp.purpose': 'signup',
    'otp.id': `otp-${n}`,
    'asset.id': 'regional-shop',
    'client.ip': '192.0.2.1',
    'destination.number': `${BLOCK}${String(n).padStart(6, '0')}`,
    'destination.country': 'TN',
    'destination.block': BLOCK,
  };
}

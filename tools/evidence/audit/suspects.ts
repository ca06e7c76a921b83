import ipaddr from 'ipaddr.js';
import { isSafe } from '../../simulate/numbers';

/** What a value in a record might be that belongs to somebody. */
export type SuspectKind = 'number' | 'address' | 'host' | 'account' | 'secret';

/** One thing of such a kind in a value, and whether it belongs to nobody. */
export interface Suspect {
  kind: SuspectKind;
  text: string;
  safe: boolean;
}

/** RFC 5737 and 3849 (documentation), RFC 2544 (benchmarks), RFC 6598 (behind carriers), RFC 9637 (documentation). */
const RANGES = [
  '192.0.2.0/24',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '198.18.0.0/15',
  '100.64.0.0/10',
  '2001:db8::/32',
  '3fff::/20',
].map((range) => ipaddr.parseCIDR(range));

/** RFC 2606 and 6761: names that are nobody's. */
const RESERVED = /(^|\.)(example|test|invalid|localhost|example\.(com|net|org))$/i;
/** The vendors' own names, which their records hold as constants; a load-testing tool's page, which its user agent names. */
const VENDORS = /(^|\.)(twilio\.com|amazonaws\.com|googleapis\.com|k6\.io)$/i;

/** Account ids that AWS's documentation uses as examples. */
const ACCOUNTS = new Set(['111122223333', '444455556666', '123456789012']);

/** Forms of credentials that scanners look for: AWS keys, Twilio SIDs and keys, GitHub, Slack, Google, Stripe, JSON Web Tokens, private keys. */
const SECRETS =
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\b(?:AC|SK|VA|VE|SM|MG|US|PN|MM|AE|EZ)[0-9a-f]{32}\b|\bgh[pousr]_\w{30,}|\bxox[abprs]-|\bAIza[\w-]{35}|\b[rs]k_live_\w+|\beyJ[\w-]+\.eyJ|-----BEGIN [A-Z ]*PRIVATE KEY|^(?=.*[\d/+])[A-Za-z0-9/+]{40}$/;

const ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}$|^[0-9a-f]*:[0-9a-f:.]+$/i;
const E164 = /\+\d{7,15}/g;
const DIGITS = /^\d{9,15}$/;
const URL_HOST = /\bhttps?:\/\/([^/\s:"']+)/gi;
const MAIL_HOST = /(?<=[\w.+-])@([\w-]+(?:\.[\w-]+)+)/g;
const NAME = /^(?:[a-z0-9-]+\.)+(?:com|net|org|info|biz|app|dev|shop|example|test|[a-z]{2})$/i;

/** Everything in a text that could be somebody's. `isAddress` says that the field's contract calls it an address. */
export function suspectsIn(text: string, isAddress: boolean): Suspect[] {
  const found: Suspect[] = [];
  const add = (kind: SuspectKind, one: string, safe: boolean): unknown => found.push({ kind, text: one, safe });
  if (isAddress || (ADDRESS.test(text) && ipaddr.isValid(text))) add('address', text, isNobodysAddress(text));
  if (text.includes('+')) for (const [number] of text.matchAll(E164)) add('number', number, isSafe(number));
  // An account of AWS's has twelve digits; a sender's number may lack its plus sign.
  if (DIGITS.test(text)) {
    if (text.length !== 12 && isSafe(`+${text}`)) add('number', text, true);
    else add('account', text, ACCOUNTS.has(text));
  }
  for (const [, host] of text.matchAll(URL_HOST)) add('host', host!, isNobodysHost(host!));
  if (text.includes('@')) for (const [, host] of text.matchAll(MAIL_HOST)) add('host', host!, RESERVED.test(host!));
  if (NAME.test(text)) add('host', text, isNobodysHost(text));
  if (SECRETS.test(text)) add('secret', text, false);
  return found;
}

function isNobodysAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  return RANGES.some(([range, bits]) => address.kind() === range.kind() && address.match(range, bits));
}

function isNobodysHost(host: string): boolean {
  return RESERVED.test(host) || VENDORS.test(host);
}

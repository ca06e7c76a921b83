import type { Event } from '@tollgate/sigma/values/event';
import type { Detection } from './detections';

/** What the witnesses once differed about: the detection's only selection, an event, and what is right. */
export const FAULTS: [what: string, selection: Detection[string], event: Event, right: boolean][] = [
  [
    'an IPv4-compatible IPv6 address is not the IPv4 address',
    { 'address|cidr': '0.0.0.0/0' },
    { address: '::192.0.2.1' },
    false,
  ],
  ['such an address lies in IPv6 networks', { 'address|cidr': '::/96' }, { address: '::192.0.2.1' }, true],
  ['half a character is no part of the whole one', { 'name|contains|cased': '\ud83d' }, { name: '😀' }, false],
  ['half a character as a keyword', ['\ud83d'], { name: 'x😀y' }, false],
  ['half a character that stands alone', ['\ud83d'], { name: 'x\ud83d' }, true],
  ['an offset that no clock has', { 'at|year': 2024 }, { at: '2024-01-01T00:00:00+99:99' }, false],
  ['a number under a modifier of texts', { 'name|contains': 5 }, { name: '1e5' }, true],
  ['a placeholder after a backslash', { 'name|expand': 'C:\\\\%one%' }, { name: 'C:\\abc' }, true],
  ['a per cent sign after a backslash', { 'name|expand': '\\%one%several%' }, { name: '%one5' }, true],
];

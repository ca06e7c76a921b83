import type { Contract } from '../../../tools/telemetry/contract';
import { DOOR, SHOP } from '../fixture';
import type { Dice } from './dice';
import type { Delivered } from './warehouse';

export const SOURCES: ReadonlyMap<string, Contract> = new Map([
  [SHOP.id, SHOP],
  [DOOR.id, DOOR],
]);

/** When the events of the first problem begin: Monday 2026-01-05, 00:00:00 UTC. */
export const START = Date.UTC(2026, 0, 5);

/** Texts that differ by little, by case, or by what SQL, patterns and regular expressions read as something else. */
export const TEXTS = [
  'a',
  'A',
  'b',
  'ab',
  'aB',
  "a'b",
  'a"b',
  'a%',
  'a_b',
  'a*b',
  'a?b',
  'a\\b',
  '\\',
  '',
  ' ',
  'Ä',
  'ä',
  'ß',
  'İ',
  'Σ',
  '😀',
  '$1',
  '${x}',
  'a|b',
  'a\nb',
  '5',
  '5.0',
  '-3',
  '1e2',
  'true',
  'a^b',
  '--',
  '/*',
];
export const ADDRESSES = [
  '10.0.0.1',
  '10.0.1.255',
  '010.0.0.1',
  '192.0.2.1',
  '::ffff:10.0.0.1',
  '2001:db8::1',
  '2001:DB8:0:0::1',
  '::',
  'fe80::1%1',
  '10.0.0',
];
export const NUMBERS = ['+15550100', '+15550101', '+4915112345678', '+999', '15550100'];
const DELAYS = [0, 0, 0, 1, 60_000, 600_000, 3_600_000];

/** What texts and addresses events may hold, and whether a field may be there without a value. */
export interface Alphabet {
  texts: readonly string[];
  addresses: readonly string[];
  valueless: boolean;
}

/** Events with ties, values missing and null, lists, and deliveries in another order, in the ten hours from `start` on. */
export function randomEvents(
  dice: Dice,
  start = START,
  alphabet: Alphabet = { texts: TEXTS, addresses: ADDRESSES, valueless: true },
): Delivered[] {
  const unit = dice.pick([1, 1000, 60_000, 300_000]);
  const span = dice.pick([10, 40, 120]);
  const few = dice.some(alphabet.texts, 2, 5);
  return dice.times(dice.whole(0, 90), () => {
    const time = start + unit * dice.whole(0, span) + dice.pick([0, 0, 0, 1]);
    return {
      source: dice.chance(0.8) ? SHOP.id : DOOR.id,
      record: record(dice, time, few, alphabet),
      ingested: time + dice.pick(DELAYS),
    };
  });
}

function record(
  dice: Dice,
  time: number,
  few: readonly string[],
  { texts, addresses, valueless }: Alphabet,
): Record<string, unknown> {
  const fields: Record<string, unknown> = {
    time: new Date(time).toISOString(),
    action: dice.pick(['go', 'GO', 'stop', 'wait']),
  };
  const maybe = (name: string, value: () => unknown): void => {
    const kind = dice.roll();
    if (kind < 0.1 && valueless) fields[name] = null;
    else if (kind < 0.9) fields[name] = value();
  };
  maybe('shop', () => dice.pick(few));
  maybe('client.ip', () => dice.pick(addresses));
  maybe('cs-agent', () => dice.pick(texts));
  maybe('number', () => dice.pick(NUMBERS));
  maybe('other', () => dice.pick(few));
  maybe('tries', () => dice.whole(-3, 6));
  maybe('price', () => dice.pick([0.1, 0.2, 0.25, 1, 2.5, -0.1, 1e6]));
  maybe('new', () => dice.chance(0.5));
  maybe('labels', () =>
    dice.chance(0.2)
      ? dice.pick(few)
      : dice.times(dice.whole(valueless ? 0 : 1, 3), () => dice.pick(valueless ? [...few, null] : few)),
  );
  return dice.chance(0.5) ? fields : nested(fields);
}

function nested({ 'client.ip': ip, ...others }: Record<string, unknown>): Record<string, unknown> {
  return ip === undefined ? others : { ...others, client: { ip } };
}

import { below, type Key } from './random';

/**
 * Phone numbers that belong to nobody. Most plans: a national number that begins with 0 is not assigned, because 0 is the trunk
 * prefix, so "+998 0 …" has the right country and length and no subscriber; only plans where that holds also when a device
 * drops the 0 are listed. Under +1 an area code is followed by NXX, whose N is 2 to 9 (North American Numbering Plan), so
 * exchanges 000 to 199 are nobody's: the hundred numbers for fiction, 555-0100 to 0199, could not hold a country's
 * subscribers. Under +44: Ofcom's numbers for drama.
 */
type Plan =
  | { how: 'zero'; code: string; digits: number }
  | { how: 'exchange'; areas: string[] }
  | { how: 'drama'; prefix: string };

const zero = (code: string, digits: number): Plan => ({ how: 'zero', code, digits });
const exchange = (...areas: string[]): Plan => ({ how: 'exchange', areas });

/** How many exchange codes of an area begin with 0 or 1. */
const UNASSIGNED_EXCHANGES = 200;

const PLANS: Record<string, Plan> = {
  AF: zero('93', 9),
  AM: zero('374', 8),
  AU: zero('61', 9),
  AZ: zero('994', 9),
  BH: zero('973', 8),
  CD: zero('243', 9),
  CO: zero('57', 10),
  ES: zero('34', 9),
  ET: zero('251', 9),
  FR: zero('33', 9),
  GE: zero('995', 9),
  IR: zero('98', 10),
  KG: zero('996', 9),
  LK: zero('94', 9),
  LY: zero('218', 9),
  MA: zero('212', 9),
  MD: zero('373', 8),
  MG: zero('261', 9),
  ML: zero('223', 8),
  MR: zero('222', 8),
  MX: zero('52', 10),
  NG: zero('234', 10),
  NP: zero('977', 10),
  RU: zero('7', 10),
  SA: zero('966', 9),
  SD: zero('249', 9),
  SG: zero('65', 8),
  SL: zero('232', 8),
  SN: zero('221', 9),
  TD: zero('235', 8),
  TG: zero('228', 8),
  TM: zero('993', 8),
  TN: zero('216', 8),
  TR: zero('90', 10),
  TZ: zero('255', 9),
  UA: zero('380', 9),
  UG: zero('256', 9),
  UZ: zero('998', 9),
  ZM: zero('260', 9),
  GB: { how: 'drama', prefix: '447700900' },
  US: exchange(
    '201',
    '202',
    '206',
    '212',
    '213',
    '303',
    '305',
    '312',
    '404',
    '415',
    '512',
    '617',
    '702',
    '713',
    '808',
    '917',
  ),
  CA: exchange('204', '416', '514', '604', '613', '780', '902'),
  // The Caribbean under +1: the fraud lies in that it looks like a call to the United States.
  AG: exchange('268'),
  AI: exchange('264'),
  BB: exchange('246'),
  BM: exchange('441'),
  BS: exchange('242'),
  DM: exchange('767'),
  DO: exchange('809', '829', '849'),
  GD: exchange('473'),
  JM: exchange('658', '876'),
  KN: exchange('869'),
  KY: exchange('345'),
  LC: exchange('758'),
  MS: exchange('664'),
  TC: exchange('649'),
  TT: exchange('868'),
  VC: exchange('784'),
  VG: exchange('284'),
};

/** ISO 3166-1 alpha-2 codes of the countries for which there are numbers that are safe to use. */
export const COUNTRIES: readonly string[] = Object.keys(PLANS).sort();

/** How many blocks a country has. A block is a number less its last four digits. */
export function blockCount(country: string): number {
  const plan = planOf(country);
  if (plan.how === 'zero') return 10 ** (plan.digits - 5);
  return plan.how === 'exchange' ? plan.areas.length * UNASSIGNED_EXCHANGES : 1;
}

/** How many numbers a block has. */
export function blockSize(country: string): number {
  return planOf(country).how === 'drama' ? 1_000 : 10_000;
}

const FOUR_DIGITS = Array.from({ length: 10_000 }, (_, n) => String(n).padStart(4, '0'));

/** The E.164 number at a place in a block of a country. Both wrap around. */
export function numberAt(country: string, block: number, place: number): string {
  const plan = planOf(country);
  const index = place % blockSize(country);
  switch (plan.how) {
    case 'zero': {
      const width = plan.digits - 5;
      const digits = String(block % 10 ** width).padStart(width, '0');
      return `+${plan.code}0${digits}${FOUR_DIGITS[index]!}`;
    }
    case 'exchange': {
      const area = plan.areas[block % plan.areas.length]!;
      const code = Math.floor(block / plan.areas.length) % UNASSIGNED_EXCHANGES;
      return `+1${area}${String(code).padStart(3, '0')}${FOUR_DIGITS[index]!}`;
    }
    case 'drama':
      return `+${plan.prefix}${String(index).padStart(3, '0')}`;
  }
}

/** Any number of a country, all equally likely. */
export function anyNumber(country: string, key: Key): string {
  return numberAt(country, below(key, 'block', blockCount(country)), below(key, 'place', blockSize(country)));
}

/** Whether a number is one of those that `numberAt` can make, or a sender's, which are for fiction: what a test asks of every number in a dataset. */
export function isSafe(number: string): boolean {
  if (/^\+1[2-9]\d{2}([01]\d{6}|55501\d{2})$/.test(number)) return true;
  if (/^\+447700900\d{3}$/.test(number)) return true;
  return Object.values(PLANS).some(
    (plan) =>
      plan.how === 'zero' &&
      number.startsWith(`+${plan.code}0`) &&
      number.length === 1 + plan.code.length + plan.digits &&
      /^\+\d+$/.test(number),
  );
}

function planOf(country: string): Plan {
  const plan = PLANS[country];
  if (!plan) throw new Error(`no safe numbers are known for country ${country}`);
  return plan;
}

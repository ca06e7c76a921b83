/**
 * What a delivery log says of a country's networks. Mobile country codes are those of ITU-T E.212. Prices are USD a message: one
 * reseller's list (EUR, undated; taken as a relative scale) for those it has; `OTHER_PRICE`, ours, for the rest.
 */
const MOBILE_COUNTRY_CODES: Record<string, number> = {
  AF: 412,
  AG: 344,
  AI: 365,
  AM: 283,
  AU: 505,
  AZ: 400,
  BB: 342,
  BH: 426,
  BM: 350,
  BS: 364,
  CA: 302,
  CD: 630,
  CO: 732,
  DM: 366,
  DO: 370,
  ES: 214,
  ET: 636,
  FR: 208,
  GB: 234,
  GD: 352,
  GE: 282,
  IR: 432,
  JM: 338,
  KG: 437,
  KN: 356,
  KY: 346,
  LC: 358,
  LK: 413,
  LY: 606,
  MA: 604,
  MD: 259,
  MG: 646,
  ML: 610,
  MR: 609,
  MS: 354,
  MX: 334,
  NG: 621,
  NP: 429,
  RU: 250,
  SA: 420,
  SD: 634,
  SG: 525,
  SL: 619,
  SN: 608,
  TC: 376,
  TD: 622,
  TG: 615,
  TM: 438,
  TN: 605,
  TR: 286,
  TT: 374,
  TZ: 640,
  UA: 255,
  UG: 641,
  US: 310,
  UZ: 434,
  VC: 360,
  VG: 348,
  ZM: 645,
};

const PRICES: Record<string, number> = {
  RU: 0.43,
  TG: 0.37,
  SL: 0.36,
  MG: 0.36,
  AZ: 0.34,
  LK: 0.33,
  SN: 0.32,
  TN: 0.31,
  UZ: 0.31,
  AF: 0.31,
  NG: 0.29,
  KG: 0.23,
  MA: 0.2,
  FR: 0.06,
  GB: 0.05,
  AU: 0.05,
  CA: 0.012,
  US: 0.009,
};

const OTHER_PRICE = 0.15;

export function mobileCountryCode(country: string): number {
  return MOBILE_COUNTRY_CODES[country] ?? 0;
}

/** What one message to a country costs, in USD. */
export function priceOf(country: string): number {
  return PRICES[country] ?? OTHER_PRICE;
}

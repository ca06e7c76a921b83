import { readDateTime } from '@tollgate/sigma/values/date-time';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** RFC 2822 (`Tue, 04 Aug 2026 03:12:09 +0000`) and what access logs write (`04/Aug/2026:03:12:09 +0000`). */
const NAMED =
  /^(?:[A-Za-z]{3}, )?(\d{1,2})[ /]([A-Za-z]{3})[ /](\d{4})[ :](\d\d:\d\d:\d\d) (?:([+-]\d{4})|GMT|UTC?|Z)$/;

/** The time of a text in which the month has its English name, in epoch milliseconds; `null` of any other text. */
export function readNamedMonth(text: string): number | null {
  const found = NAMED.exec(text);
  if (found === null) return null;
  const [, day, name, year, clock, offset] = found;
  const month = MONTHS.indexOf(name!.toLowerCase()) + 1;
  return readDateTime(`${year}-${String(month).padStart(2, '0')}-${day!.padStart(2, '0')}T${clock}${offset ?? 'Z'}`);
}

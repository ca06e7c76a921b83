/**
 * When the log delivered a record, where it says so (epoch ms). One that came later than its source ever is was read in again: nothing is known
 * of when it first came, and it counts as delivered when it happened. `delay`: how late the source may be, at worst (ms).
 */
export function deliveredAt(ingested: number | null, time: number, delay: number): number {
  return ingested !== null && ingested >= time && ingested <= time + delay ? ingested : time;
}

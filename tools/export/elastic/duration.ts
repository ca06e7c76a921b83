const UNITS = [
  { unit: 'h', ms: 3_600_000 },
  { unit: 'm', ms: 60_000 },
  { unit: 's', ms: 1000 },
] as const;

/** A length of time as one word in the largest of Kibana's units that divides it, such as `90m`. `ms` is rounded up to whole seconds. */
export function durationText(ms: number): string {
  const whole = Math.ceil(ms / 1000) * 1000;
  const { unit, ms: length } = UNITS.find((candidate) => whole % candidate.ms === 0)!;
  return `${whole / length}${unit}`;
}

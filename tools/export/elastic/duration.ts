const UNITS = [
  { unit: 'h', ms: 3_600_000 },
  { unit: 'm', ms: 60_000 },
  { unit: 's', ms: 1000 },
] as const;

export interface KibanaDuration {
  value: number;
  unit: 'h' | 'm' | 's';
}

/** A length of time in the largest of Kibana's units that divides it. `ms` is rounded up to whole seconds. */
export function kibanaDuration(ms: number): KibanaDuration {
  const whole = Math.ceil(ms / 1000) * 1000;
  const { unit, ms: length } = UNITS.find((candidate) => whole % candidate.ms === 0)!;
  return { value: whole / length, unit };
}

/** The same as one word, such as `90m`: what `interval` and date math take. */
export function durationText(ms: number): string {
  const { value, unit } = kibanaDuration(ms);
  return `${value}${unit}`;
}

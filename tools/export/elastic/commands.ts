import { identifier } from './expression';

/** Into how many steps a timespan is cut where windows can't be exact. */
const STEPS = 20;

/**
 * Windows that begin on a step of a twentieth of the timespan, and are one step longer than it, so that each real window
 * lies in one. Where the time of a thing is known only to within `slack`, as many steps are added.
 */
export class Windows {
  readonly step: number;
  private readonly count: number;

  constructor(timespan: number, slack = 0) {
    this.step = Math.ceil(timespan / STEPS);
    this.count = STEPS + 1 + Math.ceil(slack / this.step);
  }

  /** The length of each window in milliseconds. */
  get length(): number {
    return this.step * this.count;
  }

  /** How many steps before its own a window may begin that holds an event: the values of `slide`. */
  get slides(): string {
    return `[${Array.from({ length: this.count }, (_, i) => i).join(', ')}]`;
  }

  /** The window that begins `slide` steps before a time. */
  slot(time: string): string {
    return `TO_LONG(${time}) / ${this.step} - slide`;
  }

  /** Puts each row into every window that holds it. */
  commands(time: string): string[] {
    return [`EVAL slide = ${this.slides}`, 'MV_EXPAND slide', `EVAL slot = ${this.slot(time)}`];
  }
}

/** The ends of what rows stand for; each of them is the stretch of time of those that it was made of. */
export const ENDS = 'burst_start = MIN(burst_start), burst_end = MAX(burst_end)';

export function columns(fields: readonly string[]): string[] {
  return [...new Set(fields)].map(identifier);
}

export function grouped(command: string, by: readonly string[]): string {
  return by.length === 0 ? command : `${command} BY ${[...new Set(by)].join(', ')}`;
}

/** A group whose condition held in several windows is one row of the answer, the largest first. */
export function answer(value: string, by: readonly string[]): string[] {
  return [
    grouped(`STATS ${value} = MAX(${value}), ${ENDS}`, by),
    // Without groups STATS makes a row of nothing, too.
    ...(by.length === 0 ? [`WHERE ${value} IS NOT NULL`] : []),
    'EVAL burst_start = TO_DATETIME(burst_start), burst_end = TO_DATETIME(burst_end)',
    `KEEP ${[...by, value, 'burst_start', 'burst_end'].join(', ')}`,
    `SORT ${value} DESC`,
  ];
}

/** The commands of a query, one on each line. */
export function pipe(commands: readonly string[]): string {
  return commands.join('\n| ');
}

import type { Progress } from '../../detection/engine/execution';

/** One piece of a longer work. */
export interface Step {
  name: string;
  /** How much of the whole it is, in any unit that all steps share. */
  weight: number;
}

/** The progress of pieces of work that follow each other as that of one work, which begins once and only goes on. */
export class Steps {
  private index = -1;
  private weightBefore = 0;
  private eventsBefore = 0;
  /** Of the present step. */
  private events = 0;
  private readonly weight: number;

  /** `kind`: what a step is, such as `world`; each is then named with its number where there are several. */
  constructor(
    private readonly progress: Progress,
    private readonly steps: readonly Step[],
    private readonly kind?: string,
  ) {
    this.weight = steps.reduce((sum, { weight }) => sum + weight, 0);
  }

  /** Ends the present step, if there is one, and gives the progress of the next. */
  next(): Progress {
    if (this.index >= 0) this.weightBefore += this.steps[this.index]!.weight;
    this.eventsBefore += this.events;
    this.events = 0;
    const step = this.steps[++this.index]!;
    const numbered = `${this.kind} ${this.index + 1} of ${this.steps.length}, ${step.name}`;
    const name = this.kind !== undefined && this.steps.length > 1 ? numbered : step.name;
    return {
      update: (stage, done, total, share) =>
        this.update(stage === '' ? name : `${name} · ${stage}`, step, done, total, share),
    };
  }

  private update(stage: string, { weight }: Step, done: number, total?: number, share?: number): void {
    const part = Math.min(1, share ?? (total ? done / total : 0));
    const whole = (this.weightBefore + weight * part) / this.weight;
    // Only where a share is given are events counted.
    if (share === undefined) return this.progress.update(stage, 0, undefined, whole);
    this.events = done;
    const known = this.eventsBefore + (total ?? done);
    const all = total === undefined ? undefined : (known * this.weight) / (this.weightBefore + weight);
    this.progress.update(stage, this.eventsBefore + done, all, whole);
  }
}

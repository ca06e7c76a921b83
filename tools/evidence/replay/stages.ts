import type { Engine, Progress } from '../../detection/engine/execution';

/** About how long each stage of an engine takes, in parts of the time that indexing takes. */
const STAGES: Record<Engine['name'], Record<string, number>> = {
  elasticsearch: { indexing: 1, searching: 0.5 },
  memory: { matching: 0.5 },
};
/** The stages in which events pass. */
const PASSES = ['indexing', 'matching'];

/** The progress of a run through the stages of its engines, one after the other, and through what follows, as that of one work. */
export class Stages implements Progress {
  private readonly stages: [string, number][];
  private events = 0;
  private total: number | undefined;
  private isCounted = false;

  /** `stream`: what part of the events has passed, from 0 to 1: nobody knows their number before. `more`: stages after the engines'. */
  constructor(
    private readonly progress: Progress,
    engines: readonly Engine[],
    private readonly stream: { readonly share: number },
    more: Record<string, number> = {},
  ) {
    this.stages = [...engines.flatMap(({ name }) => Object.entries(STAGES[name])), ...Object.entries(more)];
  }

  update(stage: string, done: number, total?: number): void {
    if (PASSES.includes(stage)) this.count(done, total);
    const place = Math.max(
      0,
      this.stages.findIndex(([name]) => name === stage),
    );
    const part = total === undefined ? this.stream.share : total === 0 ? 1 : done / total;
    const share = (weightOf(this.stages.slice(0, place)) + this.stages[place]![1] * part) / weightOf(this.stages);
    this.progress.update(stage, this.events, this.total, share);
  }

  /** The first engine's pass tells how many events there are; a second one's are the same. */
  private count(done: number, total: number | undefined): void {
    this.events = Math.max(this.events, done);
    if (total !== undefined) {
      this.isCounted = true;
      this.total = total;
    } else if (!this.isCounted && this.stream.share > 0)
      this.total = Math.max(done, Math.round(done / this.stream.share));
  }
}

function weightOf(stages: [string, number][]): number {
  return stages.reduce((total, [, weight]) => total + weight, 0);
}

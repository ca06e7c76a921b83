import { fork, type ChildProcess } from 'node:child_process';
import { Failure } from '../content/failure';
import type { UnitResult } from '../replay/unit';
import type { UnitSpec } from './plan';
import type { UnitShare } from './run';

/** What a process that measures is started with. */
export interface Settings {
  datasets?: string | undefined;
  url?: string | undefined;
  allowRemoteWrite?: boolean | undefined;
}

/** What it is told, and what it answers. */
export type Order = { unit: UnitSpec };
export type Answer =
  | ({ kind: 'progress' } & UnitShare)
  | { kind: 'result'; result: UnitResult }
  | { kind: 'failure'; exitCode: 1 | 2 | 3; message: string; hint?: string };

/** What a unit of the largest world may take, MB. */
const HEAP_MB = 6144;

/** One process that measures units, one after the other; a process each, since a large unit fills one's memory. */
export class Measurer {
  private readonly child: ChildProcess;

  /** `module`: what the process runs. */
  constructor(module: string, settings: Settings) {
    const fromSources = module.endsWith('.ts') ? ['-r', 'ts-node/register/transpile-only'] : [];
    this.child = fork(module, [JSON.stringify(settings)], {
      execArgv: [...fromSources, `--max-old-space-size=${HEAP_MB}`],
      serialization: 'json',
    });
  }

  /** Measures a unit. Throws the process's `Failure`, or one (3) where it died. */
  measure(unit: UnitSpec, onProgress: (progress: UnitShare) => void): Promise<UnitResult> {
    return new Promise((resolve, reject) => {
      const { child } = this;
      const done = (): void => {
        child.off('message', take).off('exit', died);
      };
      const take = (answer: Answer): void => {
        switch (answer.kind) {
          case 'progress':
            onProgress(answer);
            return;
          case 'result':
            done();
            resolve(answer.result);
            return;
          case 'failure':
            done();
            reject(new Failure(answer.exitCode, answer.message, answer.hint));
        }
      };
      const died = (code: number | null, signal: string | null): void => {
        done();
        const hint =
          'a process of the largest world needs about 4 GB; fewer --jobs need less. What is finished is kept';
        reject(
          new Failure(
            3,
            `the process that measured ${unit.world} with seed ${unit.seed} ended with ${signal ?? code}`,
            hint,
          ),
        );
      };
      child.on('message', take).on('exit', died);
      child.send({ unit } satisfies Order);
    });
  }

  close(): void {
    this.child.kill();
  }
}

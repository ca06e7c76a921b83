import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../..');
const SHIM = join(ROOT, 'bin', 'tollgate.js');

/** How a process ended. */
export interface End {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A process that was started and is followed; it leads a group of its own, as a shell's jobs do. */
export class Started {
  stdout = '';
  stderr = '';
  readonly end: Promise<End>;
  private readonly child: ChildProcess;
  private hasEnded = false;
  private check: () => void = () => undefined;

  /** Runs node with these arguments. */
  constructor(args: string[], { cwd = ROOT, env = {} }: { cwd?: string; env?: NodeJS.ProcessEnv } = {}) {
    const options = { cwd, detached: true, env: { ...process.env, NO_COLOR: '1', ...env } };
    this.child = spawn(process.execPath, args, { ...options, stdio: 'pipe' });
    this.child.stdout!.on('data', (text) => this.take('stdout', String(text)));
    this.child.stderr!.on('data', (text) => this.take('stderr', String(text)));
    this.end = new Promise((resolve) => {
      this.child.on('close', (code, signal) => {
        this.hasEnded = true;
        this.check();
        resolve({ code, signal });
      });
    });
  }

  static tollgate(args: string[], options?: ConstructorParameters<typeof Started>[1]): Started {
    return new Started([SHIM, ...args], options);
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** Waits until something holds, looking whenever there is output and now and then. Throws where the process ends before. */
  async until(condition: () => boolean): Promise<void> {
    const look = setInterval(() => this.check(), 20);
    try {
      await new Promise<void>((resolve, reject) => {
        this.check = () => {
          if (condition()) resolve();
          else if (this.hasEnded) reject(new Error(`it ended before: ${this.stdout}${this.stderr}`));
        };
        this.check();
      });
    } finally {
      clearInterval(look);
      this.check = () => undefined;
    }
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Signals all of its group, as a terminal does. */
  killGroup(signal: NodeJS.Signals): void {
    process.kill(-this.pid, signal);
  }

  /** Reads no more of what it prints, as a terminal that was closed. */
  hangUp(): void {
    this.child.stdout!.destroy();
    this.child.stderr!.destroy();
    this.killGroup('SIGHUP');
  }

  /** Gives it standard input, which stays open; resolves once the process, or the pipe to it, has taken all. */
  give(text: string): Promise<void> {
    return new Promise((resolve) => {
      // One that was killed takes no more.
      this.child.stdin!.on('error', () => resolve());
      this.child.stdin!.write(text, () => resolve());
    });
  }

  /** Whether any process of its group runs still. */
  get isGroupAlive(): boolean {
    try {
      return process.kill(-this.pid, 0);
    } catch {
      return false;
    }
  }

  /** Ends what a failed test leaves. */
  dispose(): void {
    try {
      process.kill(-this.pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
  }

  private take(stream: 'stdout' | 'stderr', text: string): void {
    this[stream] += text;
    this.check();
  }
}

import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const PIECE = Buffer.alloc(1 << 20, 1);

/** A small file system in memory, which can be filled up to the byte that its pages allow. */
export class Disk {
  private readonly ballast: string;

  private constructor(readonly path: string) {
    this.ballast = join(path, 'ballast');
  }

  /** One of so many bytes, mounted in a folder that is made; `null` where this user may not mount any. */
  static mount(path: string, bytes: number): Disk | null {
    mkdirSync(path, { recursive: true });
    const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes},mode=755`, 'tollgate', path]);
    return status === 0 ? new Disk(path) : null;
  }

  /** Leaves so many bytes free, or a page less. */
  leave(bytes: number): void {
    this.free();
    const file = openSync(this.ballast, 'w', 0o644);
    try {
      for (;;) {
        const { bavail, bsize } = statfsSync(this.path);
        const over = bavail * bsize - bytes;
        if (over <= 0) return;
        writeSync(file, PIECE, 0, Math.min(PIECE.length, over));
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    } finally {
      closeSync(file);
    }
  }

  /** Frees what filled it. */
  free(): void {
    rmSync(this.ballast, { force: true });
  }

  resize(bytes: number): void {
    spawnSync('mount', ['-o', `remount,size=${bytes}`, this.path]);
  }

  unmount(): void {
    spawnSync('umount', ['-l', this.path]);
  }
}

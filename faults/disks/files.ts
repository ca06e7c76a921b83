import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { below, type Key } from '../../tools/simulate/random';
import { ended, type Ended } from '../ended';
import type { Trial } from '../trial';
import { ROOT, RULE, writeContent } from './content';
import { Disk } from './disk';
import { judgeAgain, judgeFull } from './judge';
import { differences, halfDone, sizeOf, treeOf, type Tree } from './tree';

/** A command that writes files. */
interface Writing {
  name: string;
  args(disk: string): string[];
  /** Where it runs; on the disk where it writes into its content. */
  cwd: 'root' | 'content' | 'disk';
  /** Whether it replaces files that are there. */
  replaces: boolean;
  /** What its sentence names. */
  names: RegExp;
  draws: number;
}

const SMALL = ['--world', 'regional-shop', '--days', '1', '--scenario', 'leased-block-run'];
const out = (disk: string): string[] => ['--out', join(disk, 'out')];
const generate = (days: string) => (disk: string) => [
  'generate',
  '--world',
  'regional-shop',
  '--days',
  days,
  ...out(disk),
];
const OUT = /cannot write \S*\/out/;

const WRITING: Writing[] = [
  {
    name: 'replay --out',
    args: (disk) => ['replay', RULE, '--engine', 'memory', ...SMALL, ...out(disk)],
    cwd: 'content',
    replaces: true,
    names: OUT,
    draws: 5,
  },
  { name: 'export --out', args: (disk) => ['export', ...out(disk)], cwd: 'root', replaces: true, names: OUT, draws: 6 },
  {
    name: 'coverage --out',
    args: (disk) => ['coverage', ...out(disk)],
    cwd: 'root',
    replaces: true,
    names: OUT,
    draws: 5,
  },
  { name: 'generate of a day', args: generate('1'), cwd: 'content', replaces: false, names: OUT, draws: 5 },
  { name: 'generate of a week', args: generate('7'), cwd: 'content', replaces: false, names: OUT, draws: 5 },
  {
    name: 'audit --out',
    args: (disk) => [
      'audit',
      '--part',
      'near-misses',
      '--world',
      'regional-shop',
      '--out',
      join(disk, 'out', 'page.md'),
    ],
    cwd: 'content',
    replaces: true,
    names: OUT,
    draws: 3,
  },
  {
    name: 'measure --out',
    args: (disk) => ['measure', '--world', 'regional-shop', ...out(disk)],
    cwd: 'content',
    replaces: true,
    names: OUT,
    draws: 4,
  },
  {
    name: "measure's journal",
    args: () => ['measure', '--world', 'regional-shop'],
    cwd: 'disk',
    replaces: false,
    names: /units\.ndjson/,
    draws: 3,
  },
];

/** Room for what any of the commands writes, in bytes. */
const ROOM = 256 << 20;
const LIMIT = 240_000;

/** Commands whose files find no room, at bytes that are drawn. Where nothing can be mounted they are skipped. */
export async function* fullFiles(key: Key, folder: string): AsyncGenerator<Trial> {
  const content = join(folder, 'content');
  writeContent(content);
  for (const writing of WRITING) {
    const what = `no room for ${writing.name}`;
    const path = join(folder, 'files');
    const disk = Disk.mount(path, ROOM);
    if (disk === null) {
      yield { what, which: '', wrong: [], skipped: 'no file system can be mounted' };
      continue;
    }
    try {
      if (writing.cwd === 'disk') writeContent(path);
      yield* fill(writing, { key, what, disk, content });
    } finally {
      disk.unmount();
    }
  }
}

interface At {
  key: Key;
  what: string;
  disk: Disk;
  content: string;
}

async function* fill(writing: Writing, { key, what, disk, content }: At): AsyncGenerator<Trial> {
  const cwd = { root: ROOT, content, disk: disk.path }[writing.cwd];
  const run = (): Promise<Ended> => ended(writing.args(disk.path), { cwd, limit: LIMIT });
  const empty = treeOf(disk.path);
  // The first time may write more: what it finds there then is as it is to be.
  const truth = await run();
  const whole = treeOf(disk.path);
  const size = sizeOf(whole) - sizeOf(empty);
  if (truth.code === null || truth.code > 1 || size === 0)
    throw new Error(`${writing.name} fails with room: ${truth.stdout}${truth.stderr}`);
  for (let n = 0; n < writing.draws; n++) {
    restore(disk.path, whole, empty);
    const isOld = writing.replaces && n % 2 === 1;
    const before = isOld ? older(disk.path, whole, empty) : empty;
    // None at all first, then as it is drawn: replaced files need room for their successors only as these are written.
    const free = n === 0 ? 0 : below(key, writing.name, isOld ? largest(whole) : size - 4096, n);
    disk.leave(free);
    const seen = await run();
    const half = halfDone(treeOf(disk.path), before, whole);
    disk.free();
    const again = await run();
    const wrong = [
      ...judgeFull(seen, truth, writing.names),
      ...judgeAgain(again, truth, differences(treeOf(disk.path), whole)),
    ];
    if (half.length > 0) wrong.push({ wrong: 'leftover', seen: half.slice(0, 5).join(', ') });
    yield { what, which: `${free} of ${size} bytes free${isOld ? ', over old files' : ''}`, wrong };
  }
}

/** Removes what a command made. */
function restore(folder: string, whole: Tree, empty: Tree): void {
  for (const path of whole.keys()) if (!empty.has(path)) rmSync(join(folder, path), { recursive: true, force: true });
}

/** Files of the same names that an older command wrote. */
function older(folder: string, whole: Tree, empty: Tree): Tree {
  for (const path of whole.keys()) {
    if (empty.has(path) || path.endsWith('/')) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), 'older\n');
  }
  return treeOf(folder);
}

/** With less free than this the largest file finds no room, whatever was written before it. */
function largest(whole: Tree): number {
  return Math.max(4096, ...[...whole.values()].map((text) => text.length)) - 4096;
}

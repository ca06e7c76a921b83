import { closeSync, existsSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { below, type Key } from '../../tools/simulate/random';
import { ended, type Around, type Ended } from '../ended';
import type { Trial } from '../trial';
import { ROOT, RULE } from './content';
import { Disk } from './disk';
import { judgeFull } from './judge';

const PRINTING: string[][] = [
  ['--help'],
  ['validate', RULE, '--format', 'json'],
  ['compile', '--rules', 'rules'],
  ['test', RULE, '--format', 'junit'],
  ['replay', RULE, '--engine', 'memory', '--world', 'regional-shop', '--days', '1', '--format', 'json'],
  ['measure', '--check'],
];

/** What tells on standard error. */
const TELLING: string[][] = [['validate', 'nowhere'], ['compile', '--rules', 'nowhere'], ['no-such-command']];

const LIMIT = 120_000;
const TOLD = /standard output/;

/** Standard output and error that go to a device or a file without room. */
export async function* fullOutputs(key: Key, folder: string): AsyncGenerator<Trial> {
  const events = join(folder, 'printed.ndjson');
  writeFileSync(events, '{"destination.number": "+99450123"}\n{"x": 1}\n'.repeat(20_000));
  const rules = join(folder, 'printed.yml');
  writeFileSync(rules, 'title: T\nlogsource: {product: p}\ndetection: {s: {x: 1}, condition: s}\n');
  const printing = [...PRINTING, ['match', '--rules', rules, '--events', events]];
  const run = (args: string[], more: Partial<Around> = {}): Promise<Ended> =>
    ended(args, { cwd: ROOT, limit: LIMIT, ...more });
  const device = 'standard output to a full device';
  const file = 'standard output to a file without room';
  const error = 'standard error to a full device';
  if (!existsSync('/dev/full'))
    for (const what of [device, error]) yield { what, which: '', wrong: [], skipped: 'there is no /dev/full' };
  const disk = Disk.mount(join(folder, 'outputs'), 64 << 20);
  if (disk === null) yield { what: file, which: '', wrong: [], skipped: 'no file system can be mounted' };
  try {
    for (const [n, args] of printing.entries()) {
      const truth = await run(args);
      const which = args.join(' ');
      if (existsSync('/dev/full')) {
        const seen = await into('/dev/full', (stdout) => run(args, { stdout }));
        yield { what: device, which, wrong: judgeFull(seen, truth, TOLD) };
      }
      if (disk === null) continue;
      const free = below(key, 'printed', Math.max(1, truth.stdout.length - 4096), n);
      disk.leave(free);
      const seen = await into(join(disk.path, `${n}.txt`), (stdout) => run(args, { stdout }));
      yield { what: file, which: `${which}: ${free} bytes free`, wrong: judgeFull(seen, truth, TOLD) };
    }
  } finally {
    disk?.unmount();
  }
  if (!existsSync('/dev/full')) return;
  for (const args of TELLING) {
    const { code } = await into('/dev/full', (stderr) => run(args, { stderr }));
    const wrong: Trial['wrong'] = code === 3 ? [] : [{ wrong: 'answer', seen: `exit code ${code}` }];
    yield { what: error, which: args.join(' '), wrong };
  }
}

async function into<T>(path: string, work: (descriptor: number) => Promise<T>): Promise<T> {
  const descriptor = openSync(path, 'w');
  try {
    return await work(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

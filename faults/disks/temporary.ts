import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { below, type Key } from '../../tools/simulate/random';
import { findNode } from '../../tools/detection/elasticsearch/node/find';
import { Failure } from '../../tools/foundation/content/failure';
import { ended, type Ended } from '../ended';
import type { Trial } from '../trial';
import { ROOT } from './content';
import { Disk } from './disk';
import { judgeAgain, judgeFull } from './judge';
import { treeOf } from './tree';

const LIMIT = 240_000;
const DRAWS = 4;

/** A correlation that needs all of its events in order, which are more than are held in memory. */
const RULES = `title: All
name: all
id: 0d1c2b7e-52a2-4a0e-9f0e-5e6cf7d5c002
logsource: {category: test}
detection: {selection: {a: 1}, condition: selection}
---
title: Many
id: 0d1c2b7e-52a2-4a0e-9f0e-5e6cf7d5c003
correlation: {type: event_count, rules: [all], group-by: [g], timespan: 1m, condition: {gte: 100000000}}
`;
const EVENTS = 260_000;

/** What commands keep in the folder for temporary files, without room there. */
export async function* fullTemporary(key: Key, folder: string): AsyncGenerator<Trial> {
  const [events, rules] = [join(folder, 'many.ndjson'), join(folder, 'many.yml')];
  const time = Date.UTC(2026, 7, 4);
  const line = (n: number): string => `{"a":1,"g":${n % 9},"@timestamp":"${new Date(time + n).toISOString()}"}\n`;
  writeFileSync(events, Array.from({ length: EVENTS }, (_, n) => line(n)).join(''));
  writeFileSync(rules, RULES);
  const few = join(folder, 'few.ndjson');
  writeFileSync(few, Array.from({ length: EVENTS / 10 }, (_, n) => line(n)).join(''));
  const [first] = RULES.split('---') as [string];
  mkdirSync(join(folder, 'first'));
  writeFileSync(join(folder, 'first', 'all.yml'), first);
  const commands: [string, string[], number][] = [
    ["match's sorting", ['match', '--rules', rules, '--events', events], 20 << 20],
    ["compile's events", ['compile', '--rules', join(folder, 'first'), '--run', few], 1 << 20],
  ];
  for (const [name, args, size] of commands) {
    const what = `no room for ${name}`;
    const disk = Disk.mount(join(folder, 'temporary'), 128 << 20);
    const why = disk === null ? 'no file system can be mounted' : args.includes('--run') ? await noNode() : null;
    if (disk === null || why !== null) {
      yield { what, which: '', wrong: [], skipped: why! };
      continue;
    }
    try {
      const run = (): Promise<Ended> => ended(args, { cwd: ROOT, env: { TMPDIR: disk.path }, limit: LIMIT });
      const truth = await run();
      for (let n = 0; n < DRAWS; n++) {
        const free = n === 0 ? 0 : below(key, name, size, n);
        disk.leave(free);
        const seen = await run();
        const left = [...treeOf(disk.path).keys()];
        disk.free();
        const wrong = [...judgeFull(seen, truth, disk.path), ...judgeAgain(await run(), truth, [])];
        if (left.length > 0) wrong.push({ wrong: 'leftover', seen: left.join(', ') });
        yield { what, which: `${free} bytes free`, wrong };
      }
    } finally {
      disk.unmount();
    }
  }
}

async function noNode(): Promise<string | null> {
  try {
    await findNode({ env: process.env, progress: { update: () => undefined } });
    return null;
  } catch (error) {
    if (error instanceof Failure) return 'no Elasticsearch can be had';
    throw error;
  }
}

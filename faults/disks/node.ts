import { cpSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { LyingProxy, give } from '../../test/detection/elasticsearch/lying-proxy';
import { cachedDistribution, hasMaven } from '../../tools/detection/elasticsearch/node/distribution';
import { findNode } from '../../tools/detection/elasticsearch/node/find';
import { foldersOf } from '../../tools/detection/elasticsearch/node/folders';
import { between, below, type Key } from '../../tools/simulate/random';
import { ended, type Ended } from '../ended';
import type { Trial } from '../trial';
import { ROOT, RULE } from './content';
import { Disk } from './disk';
import { judgeAgain, judgeFull } from './judge';
import { treeOf } from './tree';

const MEBIBYTE = 1 << 20;
/** The distribution, and less than a node wants to be free before it makes an index. */
const SCARCE = 900 * MEBIBYTE;
/** The same and more than that. */
const AMPLE = 1600 * MEBIBYTE;
const LIMIT = 300_000;

const REPLAY = ['--world', 'regional-shop', '--scenario', 'leased-block-run', '--days', '1', '--format', 'json'];
const DATA_NAMED = /cannot write to \S+: the disk of node|No space left|no space left/;

/** The folder of the local node, and that of the distribution, without room: from the first file to the last document. */
export async function* fullNodes(key: Key, folder: string, say: (doing: string) => void): AsyncGenerator<Trial> {
  const what = "no room in the node's folder";
  const distribution = cachedDistribution(foldersOf(process.env));
  const disk = distribution === undefined ? null : Disk.mount(join(folder, 'node'), SCARCE);
  if (distribution === undefined || disk === null) {
    const skipped = disk === null ? 'no file system can be mounted' : 'there is no distribution in the cache';
    yield { what, which: '', wrong: [], skipped };
    return;
  }
  const node = new OwnNode(disk);
  try {
    if (await hasMaven(process.env)) yield* unpacking(node, key, distribution);
    else cpSync(distribution, join(disk.path, basename(distribution)), { recursive: true });
    say('starting without room');
    yield* starting(node, key);
    say('indexing without room');
    yield* indexing(node);
  } finally {
    await node.command(['es', 'stop']);
    disk.unmount();
  }
}

/** What the local node of a disk is told. */
class OwnNode {
  readonly env: NodeJS.ProcessEnv;

  constructor(readonly disk: Disk) {
    this.env = { TOLLGATE_CACHE: disk.path, TOLLGATE_NODE: 'java' };
  }

  command(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
    return ended(args, { cwd: ROOT, env: { ...this.env, ...env }, limit: LIMIT });
  }

  /** What is there beside the distribution; folders that every command makes are no remainder. */
  rest(): string[] {
    return [...treeOf(this.disk.path).keys()].filter(
      (path) => !/^elasticsearch-|^state\/((users|journals)\/)?$/.test(path),
    );
  }
}

const NEVER: Ended = { code: 0, stdout: '', stderr: '', milliseconds: 60_000 };

async function* unpacking(node: OwnNode, key: Key, distribution: string): AsyncGenerator<Trial> {
  const { disk } = node;
  const home = join(disk.path, basename(distribution));
  for (let n = 0; n < 3; n++) {
    const free = n === 0 ? 0 : Math.round(between(key, 'unpacking', 1, 200, n) * MEBIBYTE);
    disk.leave(free);
    const seen = await node.command(['es', 'start']);
    const left = node.rest();
    disk.free();
    for (const path of [home, join(disk.path, 'state')]) rmSync(path, { recursive: true, force: true });
    const wrong = judgeFull(seen, NEVER, disk.path);
    if (left.length > 0) wrong.push({ wrong: 'leftover', seen: left.slice(0, 5).join(', ') });
    yield { what: 'no room for the distribution', which: `${free} bytes free`, wrong };
  }
  cpSync(distribution, home, { recursive: true });
}

async function* starting(node: OwnNode, key: Key): AsyncGenerator<Trial> {
  const { disk } = node;
  const sizes = [
    0,
    ...[1, 2, 3, 4].map((n) => below(key, 'starting', 96 << 10, n)),
    ...[5, 6].map((n) => below(key, 'starting', 4 << 20, n)),
  ];
  for (const free of sizes) {
    disk.leave(free);
    const seen = await node.command(['es', 'start']);
    // A node that runs changes its files while one looks.
    const left = seen.code === 0 ? [] : node.rest();
    disk.free();
    const status = await node.command(['es', 'status']);
    // Where the room is enough for a start it is one.
    const wrong = seen.code === 0 && status.code === 0 ? [] : judgeUnstarted(seen, left, status, disk.path);
    yield { what: 'no room to start the node', which: `${free} bytes free`, wrong };
    await node.command(['es', 'stop']);
    rmSync(join(disk.path, 'state'), { recursive: true, force: true });
  }
}

function judgeUnstarted(seen: Ended, left: string[], status: Ended, path: string): Trial['wrong'] {
  const wrong = judgeFull(seen, NEVER, path);
  const isGone = status.code === 3 && status.stdout.startsWith('not started');
  // A log that the hint names is to be read.
  const untold = left.filter((name) => !seen.stderr.includes(join(path, name)));
  if (untold.length > 0 || !isGone)
    wrong.push({ wrong: 'leftover', seen: [...untold.slice(0, 5), status.stdout.trim()].join(', ') });
  return wrong;
}

async function* indexing(node: OwnNode): AsyncGenerator<Trial> {
  const { disk } = node;
  const replay = ['replay', RULE, ...REPLAY];
  const memory = await node.command([...replay, '--engine', 'memory']);
  const truth: Ended = { ...memory, milliseconds: 120_000 };
  const scarce = await node.command(replay);
  yield {
    what: 'less room than the node wants',
    which: `${SCARCE / MEBIBYTE} MiB`,
    wrong: found(scarce) === found(memory) && scarce.code === memory.code ? [] : judgeScarce(scarce),
  };
  disk.resize(AMPLE);
  await node.command(['es', 'stop']);
  const real = await findNode({
    env: { ...process.env, ...node.env, ELASTICSEARCH_URL: '' },
    progress: { update: () => undefined },
  });
  for (const [when, kind] of [
    ['while it indexes', 'bulk'],
    ['before it refreshes', 'refresh'],
  ] as const) {
    const proxy = await LyingProxy.start(real, {
      kind,
      times: 1,
      deceit: async ({ ask, response }) => {
        disk.leave(0);
        give(response, await ask());
      },
    });
    try {
      const seen = await node.command(replay, { ELASTICSEARCH_URL: proxy.node.access.url });
      disk.free();
      const again = await recovered(node, replay);
      const isRight = found(seen) === found(memory) && seen.code === memory.code;
      const wrong = isRight ? [] : judgeScarce(seen);
      wrong.push(...judgeAgain({ ...again, stdout: found(again) }, { ...truth, stdout: found(memory) }, []));
      yield { what: `the node's disk filled ${when}`, which: kind, wrong };
    } finally {
      disk.free();
      await proxy.stop();
    }
  }
}

/** How often a node that has room again is asked before it has to be well. */
const ASKED = 3;

/** What a command comes to with room again. A node whose disk was full has no master for a while, which it says; it is then asked again. */
async function recovered(node: OwnNode, args: string[]): Promise<Ended> {
  for (let times = 1; ; times++) {
    const seen = await node.command(args);
    if (times === ASKED || seen.code !== 3 || !seen.stderr.includes('master_not_discovered')) return seen;
  }
}

/** A node says in many ways that its disk is full; the command says which index it could not write to, and why. */
function judgeScarce(seen: Ended): Trial['wrong'] {
  const lines = seen.stderr.split('\n').filter((line) => line !== '' && !/^(note|hint|read): /.test(line));
  const isTold = seen.code === 3 && lines.length === 1 && DATA_NAMED.test(lines[0]!);
  return isTold ? [] : [{ wrong: 'answer', seen: `exit code ${seen.code}: ${seen.stderr.slice(0, 500)}` }];
}

/** What a replay found, whoever found it. */
function found({ stdout }: Ended): string {
  try {
    return JSON.stringify((JSON.parse(stdout) as { rules: unknown }).rules);
  } catch {
    return stdout;
  }
}

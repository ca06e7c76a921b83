import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { LyingProxy } from '../test/detection/elasticsearch/lying-proxy';
import { findNode } from '../tools/detection/elasticsearch/node/find';
import { headersFor } from '../tools/detection/elasticsearch/node/access';
import type { RunningNode } from '../tools/detection/elasticsearch/node/manage';
import { prepare, type Asking } from './deceits/commands';
import { judge } from './deceits/judge';
import { plan, type Planned } from './deceits/plan';
import { ended, type Ended } from './ended';
import { merged, pooled } from './pool';
import type { Trial, Trials } from './trial';

/** Commands at a time: those that work, and those that mostly wait. */
const WORKING = 4;
const WAITING = 12;

/** A command is killed when it has taken so long, in milliseconds. */
const LIMIT = 240_000;

/** Deceives commands that ask an Elasticsearch, in every way and about every kind of request. */
export const lies: Trials = async function* ({ seed, folder, say, wants }) {
  say('preparing');
  const own = mkdtempSync(join(folder, 'lies-'));
  const node = await findNode({ env: process.env, progress: { update: say } });
  const { commands, remove } = await prepare(own, node);
  const liar = new Liar(node, own);
  try {
    for (const command of commands) await liar.learn(command);
    const planned = plan(seed, commands).filter((each) => wants(`${whatOf(each)} ${whichOf(each)}`));
    const works = (isSlow: boolean) =>
      planned.filter(({ lie }) => (lie.isSlow ?? false) === isSlow).map((each) => () => liar.deceive(each));
    for await (const trials of merged([pooled(works(false), WORKING), pooled(works(true), WAITING)])) {
      for (const trial of trials) say(trial.which);
      yield* trials.map((trial) => ({ ...trial, which: `--only lies --seed ${seed}, ${trial.which}` }));
    }
  } finally {
    await remove();
  }
};

function whatOf({ lie, command }: Planned): string {
  return `${lie.group}, to ${command.name}`;
}

function whichOf({ number, kind, lie }: Planned): string {
  return `${number}: ${kind}: ${lie.name}`;
}

class Liar {
  private readonly truths = new Map<Asking, Ended>();

  constructor(
    private readonly node: RunningNode,
    private readonly folder: string,
  ) {}

  /** Runs a command undisturbed, through a proxy that only passes on. */
  async learn(command: Asking): Promise<void> {
    const proxy = await LyingProxy.start(this.node);
    try {
      const env = { ELASTICSEARCH_URL: proxy.node.access.url };
      const truth = await ended(command.args, { cwd: this.folder, env, limit: LIMIT });
      if (truth.code !== 0 && truth.code !== 1)
        throw new Error(`${command.name} fails undisturbed: ${truth.stdout}${truth.stderr}`);
      this.truths.set(command, truth);
    } finally {
      await proxy.stop();
    }
  }

  /** No trial where the command did not ask what was lied about. */
  async deceive(planned: Planned): Promise<Trial[]> {
    const { lie, kind, command, secret } = planned;
    const proxy = await LyingProxy.start(this.node, { kind, deceit: lie.deceit, times: lie.times ?? Infinity });
    try {
      const around = { cwd: this.folder, env: secret.env(proxy.node.access.url), limit: LIMIT };
      const seen = await ended(command.args, around);
      const left = await this.leftAfterNext(proxy.made);
      if (proxy.lies === 0) return [];
      const wrong = judge(planned, { ended: seen, truth: this.truths.get(command)!, left });
      return [{ what: whatOf(planned), which: whichOf(planned), wrong }];
    } finally {
      await proxy.stop();
    }
  }

  /** Which of these indices are there still after an ordinary command; they are deleted then. */
  private async leftAfterNext(made: ReadonlySet<string>): Promise<string[]> {
    if ((await this.present(made)).length === 0) return [];
    const next = [...this.truths.keys()][0]!;
    const { access } = this.node;
    const env = { ELASTICSEARCH_URL: access.url, ...credentials(access.auth) };
    await ended(next.args, { cwd: this.folder, env, limit: LIMIT });
    const left = await this.present(made);
    for (const name of left) await this.ask('DELETE', name);
    return left;
  }

  private async present(names: ReadonlySet<string>): Promise<string[]> {
    const found = await Promise.all([...names].map(async (name) => ((await this.ask('HEAD', name)).ok ? [name] : [])));
    return found.flat();
  }

  private ask(method: string, index: string): Promise<Response> {
    const { access } = this.node;
    return fetch(`${access.url}/${index}`, { method, headers: headersFor(access) as Record<string, string> });
  }
}

function credentials(auth: RunningNode['access']['auth']): NodeJS.ProcessEnv {
  if (auth === undefined) return {};
  if ('apiKey' in auth) return { ELASTICSEARCH_API_KEY: auth.apiKey };
  return { ELASTICSEARCH_USERNAME: auth.username, ELASTICSEARCH_PASSWORD: auth.password };
}

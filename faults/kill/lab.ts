import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { cachedDistribution } from '../../tools/detection/elasticsearch/node/distribution';
import { foldersOf, type Folders } from '../../tools/detection/elasticsearch/node/folders';
import { readState, writeState, type NodeState } from '../../tools/detection/elasticsearch/node/state';
import { Started, type End } from '../../test/command/cli/started';
import { Watcher } from './watcher';

const ROOT = join(__dirname, '..', '..');

/** No command takes as long, unless it hangs. */
const PATIENCE_MS = 5 * 60_000;

/** What one command has for itself. */
export interface Place {
  /** Where it runs. */
  folder: string;
  /** Its `TMPDIR`. */
  temporary: string;
}

/** An undisturbed run, or one that is held against it. */
export interface Run extends End {
  stdout: string;
  stderr: string;
}

/** A cache with a node of its own, and the commands that use it. */
export class Lab {
  readonly folders: Folders;
  /** All passwords that the lab's nodes have had. */
  readonly secrets = new Set<string>();
  /** What of leftovers has been told. */
  readonly told = new Set<string>();
  private readonly env: NodeJS.ProcessEnv;
  private watching: Watcher | undefined;
  private behind = '';
  /** Where its commands have run. */
  readonly used: Place[] = [];
  private readonly truths = new Map<string, Promise<Run>>();

  /** `folder` is made. */
  constructor(private readonly folder: string) {
    // Root's nodes run as somebody else, who must pass.
    mkdirSync(folder, { mode: 0o755 });
    this.env = { TOLLGATE_CACHE: join(folder, 'cache'), TOLLGATE_NODE: 'java', ELASTICSEARCH_URL: '' };
    this.folders = foldersOf(this.env);
  }

  /** Takes the distribution of this user's own cache, if it is there, so that it isn't fetched anew. */
  takeDistribution(): void {
    const own = cachedDistribution(foldersOf(process.env));
    mkdirSync(this.folders.root, { recursive: true });
    chmodSync(this.folders.root, 0o755);
    if (own !== undefined) cpSync(own, join(this.folders.root, basename(own)), { recursive: true });
  }

  place(): Place {
    const folder = join(this.folder, String(this.used.length));
    const place = { folder, temporary: join(folder, 'tmp') };
    mkdirSync(place.temporary, { recursive: true });
    this.used.push(place);
    return place;
  }

  start(args: string[], { folder, temporary }: Place): Started {
    return Started.tollgate(args, { cwd: folder, env: { ...this.env, TMPDIR: temporary } });
  }

  /** Runs a command to its end. */
  run(args: string[], place = this.place()): Promise<Run> {
    return ended(this.start(args, place));
  }

  /** What an undisturbed run of the command says. */
  truth(args: string[]): Promise<Run> {
    const key = args.join(' ');
    const known = this.truths.get(key) ?? this.run(args);
    this.truths.set(key, known);
    return known;
  }

  /** What is known of the node; undefined where there is none. */
  state(): NodeState | undefined {
    const state = readState(this.folders);
    if (state.found !== 'whole') return undefined;
    this.secrets.add(state.value.password);
    return state.value;
  }

  /** Has the commands reach the node, which runs, through a watcher. */
  async watch(): Promise<Watcher> {
    const state = this.state();
    if (state?.url === undefined) throw new Error('there is no node to watch');
    if (this.watching?.url === state.url) return this.watching;
    this.watching?.stop();
    this.behind = state.url;
    this.watching = await Watcher.start(state.url);
    writeState(this.folders, { ...state, url: this.watching.url });
    return this.watching;
  }

  /** Waits for nothing any more that the commands ask of the node. */
  forget(): void {
    this.watching?.forget();
  }

  /** Asks the node itself; undefined where it doesn't answer. */
  async ask(path: string, init: RequestInit = {}): Promise<unknown> {
    const state = this.state();
    if (state?.url === undefined) return undefined;
    const url = state.url === this.watching?.url ? this.behind : state.url;
    const authorization = `Basic ${Buffer.from(`${state.username}:${state.password}`).toString('base64')}`;
    try {
      const headers = { authorization, 'content-type': 'application/x-ndjson' };
      const answer = await fetch(url + path, { ...init, headers, signal: AbortSignal.timeout(30_000) });
      return await answer.json();
    } catch {
      return undefined;
    }
  }

  async stop(): Promise<void> {
    this.watching?.stop();
    if (existsSync(this.folders.state) && readdirSync(this.folders.state).length > 0) await this.run(['es', 'stop']);
  }
}

/** Waits for a command's end; one that outlives the patience is killed. */
export async function ended(started: Started, patienceMs = PATIENCE_MS): Promise<Run> {
  const impatient = setTimeout(() => started.dispose(), patienceMs);
  const end = await started.end;
  clearTimeout(impatient);
  return { ...end, stdout: started.stdout, stderr: started.stderr };
}

export const RULE = join(ROOT, 'rules', 'application', 'otp_block_burst.yml');
export { ROOT };

import { MemoryEngine } from '../../detection/engine/memory-engine';
import type { Engine, EngineResult, MatchRequest, Progress, SourcedEvent } from '../../detection/engine/execution';
import type { Match } from '@tollgate/sigma/correlate/match';

/** Matches in memory, and remembers the matches of each request: most changes leave the detections as they are. For one list of events. */
export class RememberingEngine implements Engine {
  readonly name = 'memory';
  private readonly engine = new MemoryEngine();
  readonly version = this.engine.version;
  private readonly known = new Map<string, Match[]>();

  async execute(
    run: string,
    events: Iterable<SourcedEvent>,
    requests: MatchRequest[],
    progress: Progress,
  ): Promise<EngineResult> {
    const keys = requests.map((request) => JSON.stringify(request));
    const fresh = requests.filter((_, index) => !this.known.has(keys[index]!));
    if (fresh.length > 0) {
      const { matches } = await this.engine.execute(run, events, fresh, progress);
      for (const [index, request] of fresh.entries()) this.known.set(JSON.stringify(request), matches[index]!);
    }
    return { matches: keys.map((key) => this.known.get(key)!), events: {}, decidedAlone: requests.length };
  }

  close(): Promise<void> {
    return this.engine.close();
  }
}

import { jsonOf } from '@tollgate/sigma/values/json';
import { parseYaml } from '@tollgate/sigma/yaml/yaml';
import type { Event } from '@tollgate/sigma/values/event';
import { ElasticsearchEngine } from '../../tools/detection/elasticsearch/engine';
import type { RunningNode } from '../../tools/detection/elasticsearch/node/manage';
import { MemoryEngine } from '../../tools/detection/engine/memory-engine';
import type { Engine, MatchRequest, SourcedEvent } from '../../tools/detection/engine/execution';
import { parseSigma } from '@tollgate/sigma/rules/parse';
import type { Plan } from '@tollgate/sigma/rules/plan';
import type { Contract } from '../../tools/telemetry/contract';
import { CONTRACT } from '../detection/elasticsearch/fields';
import { silent } from '../detection/elasticsearch/node';
import { PLACEHOLDERS, type Detection } from './detections';
import { oracle } from './oracle';
import { smallest } from './smaller';

const START = Date.UTC(2025, 0, 1);
const FIELDS = ['name', 'deep.er.name', 'tags', 'address', 'count', 'price', 'ok', 'at'];
/** The source of events of which nothing is known. */
export const UNTYPED = 'untyped';
/** Tries at a smaller pair; each takes an index of its own. */
const TRIES = 150;

/** A rule file with this detection. JSON is YAML; what isn't ASCII is escaped, as YAML can hold no half surrogate pairs. */
export function ruleText(detection: Detection): string {
  const json = jsonOf({ title: 'A rule', logsource: { product: 'test' }, detection });
  return json.replaceAll(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The plan that the tools make of a detection; null where they refuse it. */
function planOf(detection: Detection): Plan | null {
  const { documents } = parseYaml('rule.yml', ruleText(detection));
  const [rule] = parseSigma(documents, { placeholders: PLACEHOLDERS }).rules;
  return rule?.kind === 'detection' ? rule.plan : null;
}

/** Where the witnesses are heard: without a node there are two of them. */
export interface Court {
  node: RunningNode | undefined;
  source: string;
}

export interface Outcome {
  pairs: number;
  /** Pairs in which the event satisfies the detection. */
  met: number;
  /** Detections that the index decided without memory. */
  alone: number;
}

/** Hears the witnesses about every pair. Throws at the first about which they differ, made as small as it can be. */
export async function hear(
  detections: Detection[],
  events: Event[],
  seed: number,
  { node, source }: Court,
): Promise<Outcome> {
  const sourced = events.map((event, n): SourcedEvent => {
    const time = START + (n % 7) * 1000;
    return { n, source, time, ingested: time + n, event };
  });
  const requests = detections.map((each, i): MatchRequest => {
    const plan = planOf(each);
    if (plan === null) throw new Error(`refused: ${ruleText(each)}`);
    return { source, plan, fields: FIELDS.slice(i % FIELDS.length) };
  });
  const inMemory = await new MemoryEngine().execute('witnesses', sourced, requests, silent);
  const indexed = node && (await execute(node, sourced, requests));
  const outcome: Outcome = { pairs: 0, met: 0, alone: indexed?.decidedAlone ?? 0 };
  for (const [i, detection] of detections.entries()) {
    const said = {
      memory: new Set(inMemory.matches[i]!.map(({ event }) => event)),
      elasticsearch: new Set(indexed?.matches[i]!.map(({ event }) => event)),
    };
    for (const [n, event] of events.entries()) {
      const meant = oracle(detection, event as never, PLACEHOLDERS);
      outcome.pairs++;
      if (meant) outcome.met++;
      if (meant === said.memory.has(n) && (!node || meant === said.elasticsearch.has(n))) continue;
      throw new Error(await testimony(detection, event, seed, { node, source }));
    }
    // Also the values that go with a match, which Elasticsearch may read from its columns.
    const [ours, theirs] = [inMemory.matches[i], indexed?.matches[i]].map((each) => jsonOf(each));
    if (theirs !== undefined && ours !== theirs)
      throw new Error(
        `TOLLGATE_SEED=${seed}: other values\n${ruleText(detection)}\nmemory ${ours}\nElasticsearch ${theirs}`,
      );
  }
  return outcome;
}

async function execute(node: RunningNode, events: SourcedEvent[], requests: MatchRequest[]) {
  const contracts = new Map<string, Contract | null>([
    [CONTRACT.id, CONTRACT],
    [UNTYPED, null],
  ]);
  const engine: Engine = new ElasticsearchEngine(node, contracts);
  try {
    return await engine.execute('witnesses', events, requests, silent);
  } finally {
    await engine.close();
  }
}

/** What each witness says about one pair; null where the tools refuse the detection, or the oracle doesn't know it. */
export async function say(detection: Detection, event: Event, { node, source }: Court) {
  const plan = planOf(detection);
  if (plan === null) return null;
  const events = [{ n: 0, source, time: START, ingested: START, event }];
  const requests = [{ source, plan, fields: [] }];
  const [first] = (await new MemoryEngine().execute('pair', events, requests, silent)).matches;
  const second = node && (await execute(node, events, requests)).matches[0];
  return {
    oracle: oracle(detection, event as never, PLACEHOLDERS),
    memory: first!.length > 0,
    ...(second === undefined ? {} : { elasticsearch: second.length > 0 }),
  };
}

async function testimony(detection: Detection, event: Event, seed: number, court: Court) {
  const differ = async (pair: { detection: Detection; event: Event }): Promise<boolean> => {
    try {
      const said = await say(pair.detection, pair.event, court);
      return said !== null && new Set(Object.values(said)).size > 1;
    } catch {
      return false;
    }
  };
  // Plans that are matched together, and documents of one index, may disturb each other.
  if (!(await differ({ detection, event }))) {
    const [text, json] = [jsonOf(detection), jsonOf(event)];
    return `the witnesses differ among other detections and events only (TOLLGATE_SEED=${seed})\ndetection: ${text}\nevent: ${json}`;
  }
  const pair = await smallest({ detection, event } as never, (each) => differ(each as never), TRIES);
  const least = pair as { detection: Detection; event: Event };
  const said = await say(least.detection, least.event, court);
  return [
    `the witnesses differ (TOLLGATE_SEED=${seed}): ${jsonOf(said)}`,
    `detection: ${jsonOf(least.detection)}`,
    `event: ${jsonOf(least.event)}`,
  ].join('\n');
}

import { existsSync } from 'node:fs';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { fileOnceCalled } from '../check/former-names';
import { findLayout, OWN_ROOT, type Layout } from '../check/layout';
import { Failure } from '../../foundation/content/failure';
import { contentName, isYaml } from '../../foundation/content/find';
import { concealed } from '../../foundation/content/secrets';
import { didYouMean } from '@tollgate/sigma/diagnostics/suggest';
import { loadYaml } from '../../foundation/content/load-yaml';
import type * as ClientModule from '../../detection/elasticsearch/client';
import type * as Find from '../../detection/elasticsearch/node/find';
import { indexPattern } from '../../export/lucene/names';
import type * as Cluster from '../../detection/hunt/cluster';
import { formatDuration, parseDuration } from '../../detection/hunt/duration';
import { bindParameters, evaluateHunt, type HuntOptions } from '../../detection/hunt/evaluate';
import { parseQueries } from '../../detection/hunt/parse';
import { LastTime } from '../../detection/hunt/last-time';
import { matchFiles } from '../../detection/hunt/read-file';
import { RecordMatcher } from '../../detection/hunt/records';
import type { HuntQuery, HuntScope } from '../../detection/hunt/types';
import { tellFindings } from '../report/diagnostics';
import { HUNT_FORMATS, type HuntReport } from '../report/hunt';
import type { Contract } from '../../telemetry/contract';
import { loadContracts } from '../../telemetry/load';
import { BadLines } from './bad-lines';
import { note } from '../../foundation/content/note';
import { TerminalProgress } from './progress';
import { ASSET_ID, tellRead } from './reading';

interface Options {
  asset?: string;
  identity?: string;
  from?: string;
  to?: string;
  param: Record<string, number>;
  url?: string;
  index?: string;
  allowPartial?: boolean;
  engine: 'elasticsearch' | 'memory';
  events?: string[];
  form?: string;
  assetId?: string;
  format: keyof typeof HUNT_FORMATS;
}

type Found = Pick<HuntReport, 'answer' | 'searched' | 'by' | 'missing'>;

export function configure(command: Command): void {
  command
    .argument('<query>', "a query's file, or its name or id in queries/")
    .option('--asset <value>', 'only this asset, such as a product or account')
    .option('--identity <value>', 'only this identity, such as a client address')
    .option('--from <time>', "ISO 8601, or how long before the end, such as 24h; by default the query's own window")
    .option('--to <time>', 'ISO 8601, or how long ago; by default now, or with --events the last record')
    .addOption(
      new Option('--param <name=value>', 'another value for a parameter of the query; repeatable')
        .argParser(parameter)
        .default({}, 'none'),
    )
    .addOption(
      new Option('--engine <engine>', 'where to look: in a cluster, or in memory with --events')
        .choices(['elasticsearch', 'memory'])
        .default('elasticsearch'),
    )
    .option('--url <url>', 'the cluster, with credentials from the environment; it is only read')
    .option('--index <pattern>', "index or pattern that holds the source; by default the exports' data streams")
    .option('--allow-partial', 'continue if shards, indices or remote clusters do not answer, and report which')
    .option('--events <files...>', 'records of the source, for --engine memory')
    .option('--form <form>', 'the form of the records, if it should not be detected')
    .option(...ASSET_ID)
    .addOption(
      new Option('--format <format>', 'how to print the rows').choices(Object.keys(HUNT_FORMATS)).default('pretty'),
    )
    .action(run);
}

async function run(name: string, options: Options): Promise<void> {
  const { query, contract } = findQuery(name);
  const given = ofQuery(query, options.param);
  const parameters = bindParameters(query, given);
  const scope: HuntScope = {
    ...(options.asset !== undefined && { asset: options.asset }),
    ...(options.identity !== undefined && { identity: options.identity }),
  };
  if (scope.identity !== undefined && query.scope.identity === null) {
    throw new Failure(2, `${query.source} does not name an identity`, 'leave --identity out');
  }
  const common = { parameters: given, scope };
  const found =
    options.engine === 'memory'
      ? await inMemory(query, contract, options, common)
      : await inCluster(query, contract, options, common);
  process.stdout.write(HUNT_FORMATS[options.format]({ query, scope, parameters, ...found }));
}

type Common = Pick<HuntOptions, 'parameters' | 'scope'>;

async function inMemory(query: HuntQuery, contract: Contract, options: Options, common: Common): Promise<Found> {
  const only = (['url', 'index'] as const).find((name) => options[name] !== undefined);
  if (only !== undefined)
    throw new Failure(
      2,
      `--${only} is of no use in memory`,
      'leave it out, or look in a cluster, with --engine elasticsearch',
    );
  if (options.events === undefined) throw new Failure(2, 'there is nothing to look at', 'name a file with --events');
  const now = Date.now();
  windowOf(query, options, now); // Wrong use is told before a long file is read.
  const matcher = new RecordMatcher(query, contract);
  const bad = new BadLines();
  const times = new LastTime(now, query.window.maxMs);
  const reading = { contracts: [contract], known: () => [contract], form: options.form, assetId: options.assetId };
  const { line } = await matchFiles(options.events, reading, matcher, times, {
    lost: (file, fault) => bad.tell(file, fault),
    unreadable: (file, failure) => bad.unreadable(file, failure),
  });
  tellRead(line);
  bad.sum();
  const window = windowOf(query, options, options.to === undefined ? times.end + 1 : now);
  if (options.to === undefined) warnOfLater(times);
  // Nothing will be added to a file, so nothing in it has yet to settle.
  const at = Math.max(now, window.to + query.window.settleMs);
  const answer = evaluateHunt(query, matcher.inputs, { ...common, ...window, at });
  return { answer, searched: options.events.join(', '), by: 'memory', missing: [] };
}

function warnOfLater(times: LastTime): void {
  const { count, last } = times.later;
  if (count === 0) return;
  const iso = (time: number) => new Date(time).toISOString();
  const [records, are] = count === 1 ? ['record is', 'it is'] : ['records are', 'they are'];
  process.stderr.write(
    `warning: ${count} ${records} dated after ${iso(times.end)}, where the window ends, up to ${iso(last)}: ` +
      `${are} left out, as in the future; --to ${iso(last + 1)} takes in all\n`,
  );
}

async function inCluster(query: HuntQuery, contract: Contract, options: Options, common: Common): Promise<Found> {
  if (options.events !== undefined) throw new Failure(2, '--events needs --engine memory');
  if (options.assetId !== undefined)
    throw new Failure(2, '--asset-id needs --engine memory', 'leave it out: the records of a cluster have their asset');
  const at = Date.now();
  const window = windowOf(query, options, at);
  // A hunt in a file starts without the Elasticsearch client, which costs a fifth of a second.
  const { findNode } = require('../../detection/elasticsearch/node/find') as typeof Find;
  const { openClient } = require('../../detection/elasticsearch/client') as typeof ClientModule;
  const { huntInCluster } = require('../../detection/hunt/cluster') as typeof Cluster;
  const progress = new TerminalProgress();
  const node = await findNode({ env: process.env, progress, url: options.url });
  progress.clear();
  const missing = new Set<string>();
  const keep = (reasons: string[]): void => reasons.forEach((reason) => missing.add(concealed(reason)));
  const client = openClient(node.access, options.allowPartial ? keep : undefined);
  const index = options.index ?? indexPattern(contract);
  try {
    const { by, reason, lost, ...answer } = await huntInCluster(client, index, query, contract, {
      ...common,
      ...window,
      at,
    });
    if (reason) note(`the records were fetched and counted here, since ${reason}`);
    if (lost !== undefined) {
      process.exitCode = 1;
      note(`${lost.count} record${lost.count === 1 ? '' : 's'} lost: ${lost.first}`);
    }
    return { answer, searched: index, by, missing: [...missing] };
  } finally {
    await client.close();
  }
}

/**
 * The query of a file, or the one with this file name or id: of the content here, or else of Tollgate's own. Content with an error is
 * not run.
 */
function findQuery(name: string): { query: HuntQuery; contract: Contract } {
  if (isYaml(name) && existsSync(name)) return queryIn(findLayout([name]), [name], () => true)!;
  const here = findLayout([], { orOwn: true });
  const layouts = here.root === OWN_ROOT ? [here] : [here, findLayout([OWN_ROOT])];
  for (const layout of layouts) {
    const found = queryIn(layout, layout.queries, (file, id) => id === name || contentName(file) === name);
    if (found) return found;
  }
  for (const layout of layouts) {
    const file = fileOnceCalled(contentName(name), layout.queries);
    if (file !== undefined) return queryIn(layout, [file], () => true)!;
  }
  const names = layouts.flatMap(({ queries }) => queries.map(contentName));
  throw new Failure(2, `there is no query '${name}'`, didYouMean(contentName(name), names));
}

/** The query of these files that is meant; null where none is. Throws a `Failure` (1) for one with errors, which are told. */
function queryIn(
  { telemetry }: Layout,
  files: string[],
  isMeant: (file: string, id?: string) => boolean,
): { query: HuntQuery; contract: Contract } | null {
  const { contracts } = loadContracts(telemetry);
  const loaded = files.map(loadYaml);
  const parsed = parseQueries(
    loaded.flatMap(({ documents }) => documents),
    contracts,
  );
  const [query, ...more] = parsed.queries.filter(({ file, id }) => isMeant(file, id));
  if (more.length > 0) {
    const each = [query!, ...more].map(({ id, file }) => `${id} (${file})`);
    throw new Failure(2, `${each.length} queries are meant: ${each.join(', ')}`, 'give the id of one of them');
  }
  const diagnostics = [...loaded.flatMap((file) => file.diagnostics), ...parsed.diagnostics];
  const found = diagnostics.filter(({ file }) => (query ? file === query.file : isMeant(file)));
  if (found.some(({ severity }) => severity === 'error')) {
    tellFindings({ files: 1, diagnostics: found });
    throw new Failure(
      1,
      `the query ${query?.title ?? found[0]!.file} has errors`,
      'tollgate validate checks all content',
    );
  }
  return query ? { query, contract: contracts.get(query.source)! } : null;
}

/** The window that was asked for. Throws a `Failure` (2) for one that is empty or longer than the query allows. */
function windowOf(query: HuntQuery, options: Options, latest: number): { from: number; to: number } {
  const to = options.to === undefined ? latest : time('--to', options.to, latest);
  const from = options.from === undefined ? to - query.window.defaultMs : time('--from', options.from, to);
  if (from >= to) throw new Failure(2, 'the window is empty: --from is not before --to', 'give an earlier --from');
  if (to - from > query.window.maxMs) {
    const longest = formatDuration(query.window.maxMs);
    throw new Failure(2, `the window is longer than ${longest}, the longest of this query`, 'hunt in several steps');
  }
  return { from, to };
}

/** An instant: ISO 8601 with its zone, a day (its first instant, UTC), or a duration before `reference`. */
function time(option: string, text: string, reference: number): number {
  const ago = parseDuration(text);
  if (ago !== null) return reference - ago;
  const isTime = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(text);
  const parsed = isTime ? Date.parse(text) : NaN;
  if (!Number.isNaN(parsed)) {
    const day = text.slice(0, 10);
    if (new Date(day).toISOString().slice(0, 10) === day) return parsed;
    throw new Failure(
      2,
      `${option} ${JSON.stringify(text)} is not a time: no calendar has the day ${day}`,
      'correct the day',
    );
  }
  throw new Failure(
    2,
    `${option} ${JSON.stringify(text)} is not a time`,
    'write 2026-08-04T03:12:00Z, 2026-08-04, or 24h',
  );
}

/** Names of parameters as the query has them: what begins with its own file's name or id may leave that out. */
function ofQuery({ file, id }: HuntQuery, given: Record<string, number>): Record<string, number> {
  const owners = [`${contentName(file)}.`, `${id}.`];
  const names = Object.entries(given).map(([name, value]) => {
    const owner = owners.find((one) => name.startsWith(one)) ?? '';
    return [name.slice(owner.length), value] as const;
  });
  const twice = names.find(([name], place) => names.findIndex(([other]) => other === name) !== place);
  if (twice) throw new Failure(2, `the parameter '${twice[0]}' was given before`, 'give it once');
  return Object.fromEntries(names);
}

function parameter(text: string, before: Record<string, number>): Record<string, number> {
  const found = /^([^=]+)=(-?\d+(?:\.\d+)?(?:e-?\d+)?)$/i.exec(text);
  if (!found) throw new InvalidArgumentError('It must be name=number.');
  if (Object.hasOwn(before, found[1]!)) throw new InvalidArgumentError(`'${found[1]}' was given before.`);
  return { ...before, [found[1]!]: Number(found[2]) };
}

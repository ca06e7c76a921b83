/**
 * What the export for Elastic finds on a simulated dataset, beside what memory finds, by Kibana's schedule:
 *
 *     TOLLGATE_ESQL_URL=http://127.0.0.1:9200 node -r ./bin/compiler.js test/export/parity/main.ts FOLDER [all|rules|queries] [PART OF A TITLE]
 *
 * FOLDER is a world's, as `tollgate generate` writes it.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Event } from '@tollgate/sigma/values/event';
import { findLayout } from '../../../tools/command/check/layout';
import { loadContent } from '../../../tools/command/check/load';
import { runsIn } from '../../../tools/detection/hunt/runs';
import { elastic } from '../../../tools/export/elastic';
import type { KibanaRule } from '../../../tools/export/elastic/rule';
import { load } from '../esql-engine';
import { emulate, milliseconds } from './kibana';
import { groupKey, Truth, type True } from './truth';

const [folder = '', kind = 'all', part = ''] = process.argv.slice(2);
const { content, acts } = loadContent(findLayout([]));
const { sigma: rules, hunts: queries, contracts } = content;

const events = new Map<string, Event[]>();
for (const name of readdirSync(folder).filter((one) => one.endsWith('.ndjson') && one !== 'labels.ndjson')) {
  const lines = readFileSync(join(folder, name), 'utf8').trimEnd().split('\n');
  events.set(
    name.replace('.ndjson', ''),
    lines.map((line) => JSON.parse(line) as Event),
  );
}
const times = [...events.values()].flatMap((list) => list.map((event) => Date.parse(event['@timestamp'] as string)));
const begin = times.reduce((a, b) => Math.min(a, b));
const end = times.reduce((a, b) => Math.max(a, b));

/** The runs of a schedule at which something that a rule counts has come in since the run before; a few after each, since what was held up counts, too. */
function runsAfter(arrivals: number[], interval: number): number[] {
  const runs = new Set(arrivals.map((time) => Math.ceil(time / interval) * interval));
  return [...runs].flatMap((run) => [run, run + interval]).sort((a, b) => a - b);
}

interface Line {
  title: string;
  truth: True[];
  made: { group: string; at: number }[];
  took: number[];
}

/** A true alert that no made one of its group tells: by the run after it could be seen, and not before it began. */
function missed({ truth, made }: Line, slack: number): True[] {
  return truth.filter(
    (one) =>
      !made.some((other) => other.group === one.group && other.at >= one.start && other.at <= one.visible + slack),
  );
}

async function main(): Promise<void> {
  // A dataset that is there from a run before need not be read again.
  if (!process.env['TOLLGATE_LOADED'])
    for (const contract of contracts.values()) await load(contract, events.get(contract.id) ?? []);
  const { files } = elastic({ rules, queries, incidents: [], contracts, acts });
  const exported = files
    .get('rules.ndjson')!
    .trimEnd()
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as KibanaRule);
  const truths = new Truth(rules, contracts, events);
  const correlations = truths.correlations();
  const totals = { truth: 0, made: 0, missed: 0, extra: 0, slowest: 0 };
  for (const rule of exported.filter((one) => one.type === 'esql' && one.name.includes(part))) {
    const correlation = rules.find((one) => one.id === rule.rule_id);
    const query = queries.find((one) => one.id === rule.rule_id);
    if (correlation?.kind === 'detection' || (kind !== 'all' && kind !== (query ? 'queries' : 'rules'))) continue;
    const source = query?.source;
    if (source !== undefined && !events.has(source)) continue;
    const truth = query ? truths.query(query, begin, end) : correlations.get(rule.rule_id)!;
    const interval = milliseconds(rule.interval);
    const all = query
      ? runsIn(query, { start: begin, end }).map(({ at }) => at + Math.round(milliseconds(rule.interval) / 2))
      : runsAfter([...new Set(truths.arrivals(correlation!))], interval);
    const runs = [...new Set(all)];
    if (runs.length === 0) continue;
    const { alerts, took } = await emulate(rule, runs);
    const by = query?.groupBy ?? (correlation?.kind === 'correlation' ? correlation.groupBy : []);
    const made = alerts.map(({ at, row }) => ({ at, group: groupKey(by.map((field) => row[field])) }));
    const line = { title: rule.name, truth, made, took };
    const lost = missed(line, 2 * interval);
    const groups = new Set(truth.map(({ group }) => group));
    const extra = made.filter(({ group }) => !groups.has(group)).length;
    totals.truth += truth.length;
    totals.made += made.length;
    totals.missed += lost.length;
    totals.extra += extra;
    totals.slowest = Math.max(totals.slowest, took.at(-1)!);
    process.stdout.write(
      `${rule.name} | runs ${runs.length} | true ${truth.length} | made ${made.length} | missed ${lost.length} | of other groups ${extra} | ${Math.round(took[took.length >> 1]!)} ms, at most ${Math.round(took.at(-1)!)}\n`,
    );
    for (const one of lost.slice(0, 3))
      process.stdout.write(
        `  missed ${JSON.stringify(one)} made ${JSON.stringify(made.filter(({ group }) => group === one.group).slice(0, 3))}\n`,
      );
  }
  process.stdout.write(`${JSON.stringify(totals)}\n`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

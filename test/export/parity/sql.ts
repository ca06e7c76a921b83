import { posix } from 'node:path';
import { jsonOf } from '@tollgate/sigma/values/json';
import { addAlerts, gapOf } from '../../../tools/export/sql/alerts';
import { ALERTS, ASSETS, askedRun, insertion, RUNS } from '../../../tools/export/sql/tables';
import type { DetectorPlan, ExportDetector } from '../../../tools/export/plan/types';
import type { ExportResult } from '../../../tools/export/target';
import { TARGETS } from '../../../tools/export/targets';
import type { Repository } from '../sql/detectors';
import type { Engine, Subject } from '../sql/engines/engine';
import type { Day } from './day';
import { forgetPeak, memoryOf } from './memory';
import { idsOf, type Proved, type Prover } from './prover';
import { rawOf } from './raw';
import { Truth } from './truth';
import { scheduleOf, type Turn } from './turns';
import { judge, type Made } from './verdict';

/** So many records come in with one statement. */
const BATCH = 20_000;

/** The export for an SQL engine: records come in by its own statements, and each detector's statement of `run.sql` adds to the table of alerts, turn after turn. */
export function sqlProver(subject: Subject, repository: Repository): Prover {
  const { dialect } = subject;
  const exported = TARGETS[dialect.name as keyof typeof TARGETS](repository.content);
  const pathOf = new Map(exported.entries.map(({ rule, path }) => [rule.id, path]));
  const detectors = repository.plans.flatMap(({ detector, plan }): Exported[] => {
    const path = pathOf.get(detector.id);
    if (path === null || path === undefined) return [];
    const name = posix.basename(path, '.sql');
    const statement = addAlerts(dialect, name, plan);
    if (!exported.files.get('run.sql')!.includes(statement)) throw new Error(`run.sql does not ask ${name}`);
    return [{ detector, plan, view: exported.files.get(path)!, statement, sources: idsOf(plan) }];
  });
  const textOf = ({ view, statement, sources }: Exported): string =>
    [view.replace(/^--.*\n/gm, ''), statement, ...sources.map((id) => exported.files.get(`load/${id}.sql`))].join('\n');
  return {
    target: dialect.name,
    executed: new Map(detectors.map((one) => [one.detector.id, textOf(one)])),
    async *prove(day, isChosen, most) {
      const engine = await subject.open();
      await engine.run(exported.files.get('setup.sql')!);
      const assets = [...day.assets].map((row) => row.map((text) => dialect.text(text)));
      await engine.run(insertion(dialect, ASSETS, ['account', 'asset'], assets));
      await load(engine, exported, repository, day);
      const truths = new Truth(repository.content.rules, repository.content.contracts, day.events);
      for (const one of detectors.filter(({ detector }) => isChosen(detector))) {
        const documents = one.sources.reduce((sum, source) => sum + (day.events.get(source)?.length ?? 0), 0);
        if (documents === 0) continue;
        const { turns, truth } = scheduleOf(one.detector, truths, day, most);
        const { made, ...cost } = await run(subject, engine, one, turns);
        const due = (visible: number) => turns.find(({ at }) => at >= visible)?.at ?? visible;
        yield { detector: one.detector, verdict: judge(truth, made, gapOf(one.plan), due), documents, ...cost };
      }
      await engine.close();
    },
  };
}

interface Exported {
  detector: ExportDetector;
  plan: DetectorPlan;
  view: string;
  /** That of `run.sql`. */
  statement: string;
  sources: string[];
}

async function load(engine: Engine, { files }: ExportResult, { content }: Repository, day: Day): Promise<void> {
  for (const [source, events] of day.events) {
    const contract = content.contracts.get(source)!;
    for (let at = 0; at < events.length; at += BATCH) {
      await engine.receive(events.slice(at, at + BATCH).map((event) => jsonOf(rawOf(contract, event))));
      await engine.run(files.get(`load/${source}.sql`)!);
    }
  }
}

async function run(
  { dialect }: Subject,
  engine: Engine,
  { detector, view, statement }: Exported,
  turns: readonly Turn[],
): Promise<Pick<Proved, 'took' | 'bytes'> & { made: Made[] }> {
  await engine.run(view);
  forgetPeak(engine.pid);
  const before = memoryOf(engine.pid);
  const took: number[] = [];
  for (const turn of turns) {
    await engine.run(askedRun(dialect, turn));
    const began = performance.now();
    await engine.run(statement);
    took.push(performance.now() - began);
  }
  const after = memoryOf(engine.pid);
  const told = `SELECT group_key, started_ms, until_ms, run_ms FROM ${dialect.relation(ALERTS)} WHERE is_new`;
  const made = (await engine.rows(told)).map((row): Made => ({
    group: groupOf(detector, row),
    start: Number(row['started_ms']),
    until: Number(row['until_ms']),
    at: Number(row['run_ms']),
  }));
  for (const table of [ALERTS, RUNS]) await engine.run(dialect.clear(dialect.relation(table)));
  return { made, took, bytes: before && after && after.peak - before.now };
}

function groupOf(detector: ExportDetector, row: Record<string, unknown>): string {
  if ('kind' in detector && detector.kind === 'detection') return String(Number(row['started_ms']));
  return detector.groupBy.length === 0 ? '[]' : (row['group_key'] as string);
}

import { compilePredicate } from '@tollgate/sigma/memory/predicate';
import type { Expr } from '@tollgate/sigma/rules/plan';
import { sourceOf } from '../../../tools/export/plan/window';
import { shapeFor } from '../../../tools/export/panther/log-type';
import { logOf, ruleModule } from '../../../tools/export/panther/streaming';
import { NotExportable } from '../../../tools/export/target';
import type { Contract } from '../../../tools/telemetry/contract';
import { deriver } from '../../../tools/telemetry/derive';
import type { Shape } from '../../../tools/telemetry/shape';
import { Dice } from '../sql/dice';
import { randomEvents } from '../sql/random-events';
import { randomExpr } from '../sql/random-rules';
import { SHOP } from '../fixture';
import type { PantherRepository } from './content';
import type { Question } from './tools';

interface Timed {
  time: number;
  record: Record<string, unknown>;
}

/** Every detection rule, also those that only a correlation reads, on the records of all cases of its source, each different one once. */
export function caseQuestions({ content, cases }: PantherRepository): Question[] {
  const shapes = new Map(content.shapes.map((shape) => [shape.id, shape]));
  const bySource = new Map<string, Map<string, Timed>>();
  for (const { records } of [...cases.values()].flat())
    for (const { source, time, record } of records) {
      const { field } = content.contracts.get(source)!.time;
      const own = bySource.get(source) ?? new Map<string, Timed>();
      own.set(JSON.stringify({ ...record, [field.split('.')[0]!]: field.includes('.') ? record : null }), {
        time,
        record,
      });
      bySource.set(source, own);
    }
  return content.rules.flatMap((rule) => {
    if (rule.kind !== 'detection') return [];
    const source = sourceOf(rule, content);
    const { contract } = source;
    const shape = shapeFor({ kind: 'events', source }, contract, shapes);
    const records = [...(bySource.get(contract.id)?.values() ?? [])];
    return question(rule.title, contract, shape, rule.plan.expr, records) ?? [];
  });
}

/** Random detections on random events; those that can't be written are left out. */
export function randomQuestions(count: number): Question[] {
  return Array.from({ length: count }, (_, seed) => {
    const dice = new Dice(seed);
    const records = randomEvents(dice)
      .filter(({ source }) => source === SHOP.id)
      .map(({ record, ingested }) => ({ record, time: ingested }));
    return question(`seed ${seed}`, SHOP, undefined, randomExpr(dice), records) ?? [];
  }).flat();
}

/** A detection on records, as Panther has them and as memory does; null where it can't be written. */
export function question(
  title: string,
  contract: Contract,
  shape: Shape | undefined,
  expr: Expr,
  records: readonly Timed[],
): Question | null {
  const matches = compilePredicate({ expr, fields: [] });
  const derive = deriver(contract);
  try {
    return {
      text: ruleModule(title, { op: 'source', contract, predicate: expr }, shape),
      events: records.map(({ record, time }) => logOf(contract, shape, record, time)),
      wanted: records.map(({ record, time }) => matches(derive(record, time))),
    };
  } catch (error) {
    if (error instanceof NotExportable) return null;
    throw error;
  }
}

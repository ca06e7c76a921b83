import { runsIn } from '../../../tools/detection/hunt/runs';
import { elastic } from '../../../tools/export/elastic';
import type { KibanaRule } from '../../../tools/export/elastic/rule';
import type { DetectorPlan, ExportDetector } from '../../../tools/export/plan/types';
import { gapOf } from '../../../tools/export/sql/alerts';
import { load } from '../esql-engine';
import type { Repository } from '../sql/detectors';
import type { Day } from './day';
import { emulate, milliseconds } from './kibana';
import { idsOf, type Prover } from './prover';
import { groupKey, Truth, type True } from './truth';
import { spread } from './turns';
import { judge } from './verdict';

/**
 * The export for Elastic by Kibana's schedule, in the node that `TOLLGATE_ESQL_URL` names: the correlations and queries that are ES|QL. The records are indexed by the
 * exported templates, with the fields that memory derives; `npm run ingest` tries the pipelines. A run tells what is new by itself, so that some runs can be made
 * without the others: those at which a true alert is due, and some that are spread over the day.
 */
export function elasticProver({ content, plans }: Repository): Prover {
  const lines = elastic(content).files.get('rules.ndjson')!.trimEnd().split('\n').slice(0, -1);
  const rules = new Map(lines.map((line) => JSON.parse(line) as KibanaRule).map((rule) => [rule.rule_id, rule]));
  const detectors = plans.flatMap(({ detector, plan }): Exported[] => {
    const rule = rules.get(detector.id);
    return rule?.type === 'esql' && plan.kind !== 'events' ? [{ detector, plan, rule }] : [];
  });
  return {
    target: 'elastic',
    executed: new Map(
      detectors.map(({ detector, rule }) => [detector.id, `${rule.query}\n${rule.interval} ${rule.from}`]),
    ),
    async *prove(day, isChosen, most) {
      for (const contract of content.contracts.values()) await load(contract, day.events.get(contract.id) ?? []);
      const truths = new Truth(content.rules, content.contracts, day.events);
      for (const { detector, plan, rule } of detectors.filter((one) => isChosen(one.detector))) {
        const documents = idsOf(plan).reduce((sum, source) => sum + (day.events.get(source)?.length ?? 0), 0);
        if (documents === 0) continue;
        const interval = milliseconds(rule.interval);
        const all = runsOf(detector, interval, truths, day);
        const truth = 'kind' in detector ? truths.rule(detector) : truths.query(detector, day.start, day.end);
        const due = (visible: number): number => all.find((at) => at >= visible) ?? visible;
        const chosen = chosenOf(
          all,
          truth.map(({ visible }) => due(visible)),
          interval,
          most,
        );
        const { alerts, took } = await emulate(rule, chosen);
        const by = 'groupBy' in detector ? detector.groupBy : [];
        const made = alerts.map(({ at, row }) => {
          const met = row['met_at'];
          const start = typeof met === 'string' ? Date.parse(met) : at - interval / 2;
          return { at, start, until: start, group: groupKey(by.map((field) => row[field])) };
        });
        // A rule that Kibana starts late tells at the run after the one at which it could.
        const verdict = judge(truth, made, gapOf(plan), (visible) => due(visible) + interval);
        const asked = new Set(chosen);
        const isAsked = ({ visible }: True): boolean => asked.has(due(visible));
        const [missed, late] = [verdict.missed.filter(isAsked), verdict.late.filter(isAsked)];
        const found = { ...verdict, true: truth.filter(isAsked).length, missed, late };
        yield { detector, verdict: found, documents, took, bytes: null };
      }
    },
  };
}

interface Exported {
  detector: ExportDetector;
  plan: DetectorPlan;
  rule: KibanaRule & { type: 'esql' };
}

/** The runs at which something new can be told: a rule's after something that it counts came in, and the next, since what was held up counts then; a query's half an interval after its tick. */
function runsOf(detector: ExportDetector, interval: number, truths: Truth, day: Day): number[] {
  const runs =
    'kind' in detector
      ? truths
          .arrivals(detector)
          .map((time) => Math.ceil(time / interval) * interval)
          .flatMap((run) => [run, run + interval])
      : runsIn(detector, day).map(({ at }) => at + Math.round(interval / 2));
  return [...new Set(runs)].sort((a, b) => a - b);
}

/** Of all runs at most so many: half of them those at which alerts are due, each with the next. */
function chosenOf(all: readonly number[], due: readonly number[], interval: number, most: number): number[] {
  if (all.length <= most) return [...all];
  const asked = spread(
    [...new Set(due)].sort((a, b) => a - b),
    Math.floor(most / 4),
  ).flatMap((at) => [at, at + interval]);
  return [...new Set([...asked, ...spread(all, most - asked.length)])].sort((a, b) => a - b);
}

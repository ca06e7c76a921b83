import { sectionOf } from '../../detection/rules/section';
import { fieldsOf, type Contract } from '../../telemetry/contract';
import { contractsOf, rolesOf } from '../plan/contracts';
import { planOf } from '../plan/detector';
import { readFields } from '../plan/fields';
import { reachOf } from '../plan/reach';
import type { DetectorPlan, ExportDetector, Source } from '../plan/types';
import { NotExportable, type Exactness, type ExportContent } from '../target';
import { esqlCondition } from './expression';
import { columns, pipe } from './commands';
import { ALERT_ASSET, Differences, ExportedFields } from '../lucene/fields';
import { esqlHunt } from './hunt';
import { indexPattern } from '../lucene/names';
import { ALERT_COLUMNS } from './newness';
import { luceneQuery } from '../lucene/query';
import { describedQuery, kibanaRule, type KibanaRule, type RequiredField, type TypeFields } from './rule';
import { eventSchedule, huntSchedule, windowSchedule, type Schedule } from '../schedule';
import { esqlWindow } from './window';

export interface Converted {
  rule: KibanaRule;
  exactness: Exactness;
  differences: string[];
}

/** What a plan becomes: the query, when it runs, and what an analyst looks at first. */
interface Written {
  specific: TypeFields;
  schedule: Schedule;
  investigate: string[];
}

/** Converts one rule or query. Throws `NotExportable` where Kibana has no rule that misses nothing of it. */
export function convert(detector: ExportDetector, content: ExportContent): Converted {
  const plan = planOf(detector, content);
  const contracts = contractsOf(plan);
  const differences = new Differences();
  const written = writtenOf(plan, differences);
  const rule = 'kind' in detector ? detector : describedQuery(detector);
  const sentences = differences.list();
  return {
    rule: kibanaRule({
      ...written,
      rule,
      contracts,
      acts: (sectionOf(rule)?.acts ?? []).flatMap((id) => content.acts.get(id) ?? []),
      required: requiredFields(plan, contracts),
      differences: sentences,
      ...(!('kind' in detector) && { next: `Before: ${detector.pivot.before}\n\nAfter: ${detector.pivot.after}` }),
    }),
    exactness: sentences.length > 0 ? 'superset' : 'exact',
    differences: sentences,
  };
}

function writtenOf(plan: DetectorPlan, differences: Differences): Written {
  const esql = (query: string): TypeFields => ({ type: 'esql', language: 'esql', query });
  switch (plan.kind) {
    case 'events':
      return {
        specific: either(
          () => lucene(plan.source, differences),
          () => esql(esqlEvents(plan.source, differences)),
        ),
        schedule: eventSchedule(),
        investigate: rolesOf(plan.source.contract),
      };
    case 'episodes': {
      const { window } = plan;
      const schedule = windowSchedule(reachOf(window), contractsOf(plan));
      // The alert of a group has no field of any one event.
      const investigate = [...new Set([...window.by, ...ALERT_COLUMNS])];
      return { specific: esql(esqlWindow(window, schedule, differences)), schedule, investigate };
    }
    case 'hunt': {
      const { hunt } = plan;
      const investigate = [...hunt.by, ...hunt.columns];
      return { specific: esql(esqlHunt(hunt, differences)), schedule: huntSchedule(hunt), investigate };
    }
  }
}

function lucene({ contract, predicate }: Source, differences: Differences): TypeFields {
  const query = luceneQuery(predicate, new ExportedFields(contract), differences);
  return { type: 'query', language: 'lucene', query, index: [indexPattern(contract)] };
}

/** One event is one row, with what Kibana needs to link its alert to it. */
function esqlEvents({ contract, predicate }: Source, differences: Differences): string {
  return pipe([
    `FROM ${indexPattern(contract)} METADATA _id, _index, _version`,
    `WHERE ${esqlCondition(predicate, new ExportedFields(contract), differences)}`,
    `EVAL ${ALERT_ASSET} = ${columns([contract.roles.asset])[0]!}`,
  ]);
}

/** The fields that a plan reads and the two times, with their types, in order. */
function requiredFields(plan: DetectorPlan, contracts: readonly Contract[]): RequiredField[] {
  const names = contracts.flatMap((contract) => [...readFields(plan, contract)]);
  return [...new Set(['@timestamp', 'event.ingested', ...names])].sort().flatMap((name) => {
    const owner = contracts.find((contract) => Object.hasOwn(fieldsOf(contract), name));
    if (!owner) return [];
    const { type, ecs } = fieldsOf(owner)[name]!;
    return [{ name, type, ecs: name.startsWith('@') || name === 'event.ingested' || ecs === name }];
  });
}

/** The first of two ways that can say the rule; the reason of the second where neither can. */
function either<T>(first: () => T, second: () => T): T {
  try {
    return first();
  } catch (error) {
    if (error instanceof NotExportable) return second();
    throw error;
  }
}

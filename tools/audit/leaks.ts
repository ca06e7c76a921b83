import type { Scenario } from '../simulate/scenario';
import type { AuditOptions, Cell, Part, PartResult } from './part';
import { MOST, rawFields, sampleSteps, SEEDS, SENDS_PER_DAY, type StepSamples } from './samples';
import { treeAuc } from './tree';

/** Above this a field tells a campaign from ordinary traffic, and the scenario must declare it. */
const MOST_AUC = 0.6;

/** With fewer records of a step, over the seeds, chance alone would now and then reach the limit. */
const FEWEST = 300;

/** How well one raw field tells one campaign's records from ordinary ones of the same source and step. */
interface Comparison {
  scenario: string;
  world: string;
  source: string;
  step: string;
  field: string;
  auc: number;
}

/** Which raw fields of which source give which malicious scenario away. */
export const leaks: Part = {
  name: 'leaks',
  title: 'Leaks',
  run: (options) => Promise.resolve(leaksIn(options)),
};

function leaksIn({ worlds, scenarios, contracts, progress }: AuditOptions): PartResult {
  const comparisons: Comparison[] = [];
  /** Scenario → the raw fields of the sources that see it at all. */
  const visible = new Map<string, Set<string>>();
  for (const [done, world] of worlds.entries()) {
    progress.update(`leaks: ${world.name}`, done, worlds.length);
    for (const samples of sampleSteps(world, scenarios, contracts)) {
      const fields = rawFields(contracts.get(samples.source)!);
      for (const scenario of samples.campaigns.keys())
        visible.set(scenario, new Set([...(visible.get(scenario) ?? []), ...fields]));
      comparisons.push(...compare(world.name, samples, fields));
    }
  }
  const recorded = new Set(
    worlds.flatMap(({ sources }) => sources.flatMap((source) => rawFields(contracts.get(source)!))),
  );
  const verdicts = scenarios
    .filter(({ kind, name }) => kind === 'malicious' && visible.has(name))
    .map((scenario) => {
      const unseen = [...recorded].filter((field) => !visible.get(scenario.name)!.has(field));
      return verdictOn(scenario, comparisons, unseen);
    });
  return {
    part: 'leaks',
    title: leaks.title,
    about:
      `For each malicious scenario, source and step (such as a code sent for a login), a decision tree of depth two is trained on each raw field to tell the campaign's records ` +
      `from ordinary ones, and measured on records that it has not seen. A field above AUC ${MOST_AUC} must be a declared signal of the scenario; a declared one that is nowhere above it tells nothing. ` +
      `Seeds ${SEEDS.join(', ')}; at most ${MOST} records a side, and no verdict on fewer than ${FEWEST}. Ordinary traffic is brought to ${SENDS_PER_DAY} sends a day in every world.`,
    tables: [
      {
        title: 'What gives a campaign away',
        columns: [
          'scenario',
          'worlds',
          'compared',
          'declared signals, best AUC',
          'strongest other field',
          'AUC',
          'where',
        ],
        rows: verdicts.map(({ row }) => row),
      },
    ],
    findings: verdicts.flatMap(({ findings }) => findings),
  };
}

function compare(world: string, { source, step, ordinary, campaigns }: StepSamples, fields: string[]): Comparison[] {
  if (!ordinary || ordinary.seen < FEWEST) return [];
  return [...campaigns].flatMap(([scenario, campaign]) => {
    if (campaign.seen < FEWEST) return [];
    return fields.map((field, index): Comparison => {
      const [negatives, positives] = [ordinary, campaign].map(({ kept }) => kept.map((values) => values[index]!));
      return { scenario, world, source, step, field, auc: treeAuc(negatives!, positives!) };
    });
  });
}

/** `unseen`: raw fields that some source of the worlds has, but none that sees the scenario. */
function verdictOn(
  { name, signals = [] }: Scenario,
  comparisons: Comparison[],
  unseen: string[],
): { row: Cell[]; findings: string[] } {
  const own = comparisons.filter(({ scenario }) => scenario === name);
  const others = own.filter(({ field }) => !signals.includes(field));
  const other = strongest(others);
  const declared = signals.map((field) => ({ field, best: strongest(own.filter((one) => one.field === field)) }));
  const findings = leaked(others).map(
    (one) => `${name}: ${one.field} gives it away (AUC ${one.auc.toFixed(2)}; ${placeOf(one)}) and is not declared`,
  );
  for (const { field, best } of declared) {
    if (best && best.auc <= MOST_AUC)
      findings.push(`${name}: ${field} is declared, but tells nothing (AUC ${best.auc.toFixed(2)})`);
    if (unseen.includes(field))
      findings.push(`${name}: ${field} is declared, but no source that sees the scenario has it`);
  }
  return {
    row: [
      name,
      new Set(own.map(({ world }) => world)).size,
      own.length,
      declared.map(({ field, best }) => `${field} ${best ? best.auc.toFixed(2) : '–'}`).join(', '),
      other?.field ?? null,
      other ? { value: other.auc, kind: 'figure', wrong: other.auc > MOST_AUC } : null,
      other ? placeOf(other) : null,
    ],
    findings,
  };
}

/** Each undeclared field that is above the limit, where it is strongest. */
function leaked(others: Comparison[]): Comparison[] {
  const fields = new Set(others.filter(({ auc }) => auc > MOST_AUC).map(({ field }) => field));
  return [...fields].map((field) => strongest(others.filter((one) => one.field === field))!);
}

function strongest(comparisons: Comparison[]): Comparison | undefined {
  return comparisons.reduce<Comparison | undefined>(
    (best, one) => (best && best.auc >= one.auc ? best : one),
    undefined,
  );
}

function placeOf({ world, source, step }: Comparison): string {
  return `${world}, ${source}, ${step}`;
}

import type { Contract, Field, Signal } from '../../telemetry/contract';
import type { Scenario } from '../../simulate/scenario';
import type { AuditOptions, Cell, AuditPart, PartResult } from './part';
import { MOST, rawFields, sampleSteps, SEEDS, SENDS_PER_DAY, type StepSamples } from './samples';
import { treeAuc } from './tree';
import { worldSteps } from './world-steps';

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
  tells: Field['tells'];
  auc: number;
}

/** Which raw fields of which source give which malicious scenario away. */
export const leaks: AuditPart = {
  name: 'leaks',
  title: 'Leaks',
  weight: 0.1,
  run: (options) => Promise.resolve(leaksIn(options)),
};

function leaksIn({ worlds, scenarios, contracts, progress }: AuditOptions): PartResult {
  const comparisons: Comparison[] = [];
  /** Scenario → the signals that the sources which see it at all can have. */
  const visible = new Map<string, Set<Signal>>();
  const steps = worldSteps(worlds, progress);
  for (const world of worlds) {
    steps.next().update('', 0);
    for (const samples of sampleSteps(world, scenarios, contracts)) {
      const contract = contracts.get(samples.source)!;
      for (const scenario of samples.campaigns.keys())
        visible.set(scenario, new Set([...(visible.get(scenario) ?? []), ...signalsOf(contract)]));
      comparisons.push(...compare(world.name, samples, contract));
    }
  }
  const recorded = new Set(
    worlds.flatMap(({ sources }) => sources.flatMap((source) => signalsOf(contracts.get(source)!))),
  );
  const verdicts = scenarios
    .filter(({ kind, name }) => kind === 'malicious' && visible.has(name))
    .map((scenario) => {
      const unseen = [...recorded].filter((signal) => !visible.get(scenario.name)!.has(signal));
      return verdictOn(scenario, comparisons, unseen);
    });
  return {
    part: 'leaks',
    title: leaks.title,
    about:
      `For each malicious scenario, source and step (such as a code sent for a login), a decision tree of depth two learns from each raw field alone to tell the campaign's records ` +
      `from ordinary ones, and is scored on records that it has not seen. Where its AUC is above ${MOST_AUC}, the scenario must declare as a signal what the contract says that the field tells. A declared signal that no field shows above ${MOST_AUC} tells nothing. ` +
      `Seeds ${SEEDS.join(', ')}; at most ${MOST} records a side are kept, and on fewer than ${FEWEST} there is no verdict. Ordinary traffic is scaled to ${SENDS_PER_DAY} sends a day in every world.`,
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

function signalsOf({ fields }: Contract): Signal[] {
  return Object.values(fields).flatMap(({ tells }) => (tells === undefined || tells === 'time' ? [] : tells));
}

function compare(world: string, { source, step, ordinary, campaigns }: StepSamples, contract: Contract): Comparison[] {
  if (!ordinary || ordinary.seen < FEWEST) return [];
  return [...campaigns].flatMap(([scenario, campaign]) => {
    if (campaign.seen < FEWEST) return [];
    return rawFields(contract).flatMap((field, index): Comparison[] => {
      const [negatives, positives] = [ordinary, campaign].map(({ kept }) => kept.map((values) => values[index]!));
      // What neither side has is not there to be judged.
      if ([...negatives!, ...positives!].every((value) => value === null)) return [];
      const { tells } = contract.fields[field]!;
      return [{ scenario, world, source, step, field, tells, auc: treeAuc(negatives!, positives!) }];
    });
  });
}

/** `unseen`: what some source of the worlds can tell, but none that sees the scenario. */
function verdictOn(
  { name, signals = [] }: Scenario,
  comparisons: Comparison[],
  unseen: Signal[],
): { row: Cell[]; findings: string[] } {
  const own = comparisons.filter(({ scenario }) => scenario === name);
  const declared = signals.map((signal) => ({ signal, best: strongest(own.filter(({ tells }) => tells === signal)) }));
  const others = own.filter(({ tells }) => !signals.some((signal) => signal === tells));
  const other = strongest(others);
  const findings = leaked(others).map(
    (one) => `${name}: ${one.field} gives it away (AUC ${one.auc.toFixed(2)}; ${placeOf(one)}) and is not declared`,
  );
  for (const { signal, best } of declared) {
    if (best && best.auc <= MOST_AUC)
      findings.push(`${name}: ${signal} is declared, but tells nothing (AUC ${best.auc.toFixed(2)})`);
    if (unseen.includes(signal))
      findings.push(`${name}: ${signal} is declared, but no source that sees the scenario has it`);
  }
  return {
    row: [
      name,
      new Set(own.map(({ world }) => world)).size,
      own.length,
      declared.map(({ signal, best }) => `${signal} ${best ? best.auc.toFixed(2) : '–'}`).join(', '),
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

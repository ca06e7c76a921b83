import { holdBudget, overText } from '../replay/budget';
import type { DetectorFacts } from '../replay/detector';
import { exposures } from '../replay/exposure';
import type { Judgement } from '../replay/judge';
import { Steps } from '../replay/steps';
import type { UnitResult } from '../replay/unit';
import type { AuditOptions, AuditPart, PartResult } from './part';
import { detectorsOf, extentText, trial, trials } from './trial';
import { VARIANTS } from './variants';
import { worldSteps } from './world-steps';

/** What the figures of the rules owe to assumptions about the worlds. */
export const sensitivity: AuditPart = {
  name: 'sensitivity',
  title: 'Sensitivity',
  weight: 0.6,
  ofDetectors: true,
  run,
};

const NAMES = ['as it is', ...VARIANTS.map(({ name }) => name)];

async function run(options: AuditOptions): Promise<PartResult> {
  const { worlds } = options;
  const steps = new Steps(
    options.progress,
    NAMES.map((name) => ({ name, weight: 1 })),
  );
  const units = [await trials({ ...options, progress: steps.next() })];
  for (const { of, volume } of VARIANTS) {
    const runs: UnitResult[] = [];
    const inWorlds = worldSteps(worlds, steps.next());
    for (const world of worlds) runs.push(await trial(of(world), volume, { ...options, progress: inWorlds.next() }));
    units.push(runs);
  }
  const detectors = detectorsOf(units.flat());
  const judged = detectors.map((detector) => ({
    detector,
    variants: units.map((runs) => outcomeOf(detector, judgementsOf(detector, runs))),
  }));
  return {
    part: sensitivity.name,
    title: sensitivity.title,
    about:
      `All worlds again, with one assumption lowered or raised by half: conversion (at most 97 %), the volume of ordinary traffic, or the exponent of the law by which a carrier's blocks fill. ` +
      `Each column has the campaigns caught of those visible · benign episodes on ordinary days · benign episodes in special scenarios. A rule or query that is clearly over its budget in a variant (by the 95 % lower bound) is a finding. ${extentText(worlds)}`,
    tables: [
      {
        title: 'Caught · ordinary · special',
        columns: ['rule or query', ...NAMES],
        rows: judged.map(({ detector, variants }) => [detector.title, ...variants.map(({ text }) => text)]),
      },
    ],
    findings: judged.flatMap(({ detector, variants }) =>
      variants.flatMap(({ over }, index) =>
        over.map((text) => `${detector.title}, ${NAMES[index]!}: over its budget in ${text}`),
      ),
    ),
  };
}

function judgementsOf({ id }: DetectorFacts, units: UnitResult[]): Judgement[] {
  return units.flatMap(({ detectors }) =>
    detectors.filter(({ detector }) => detector.id === id).map(({ judgement }) => judgement),
  );
}

function outcomeOf({ budget }: DetectorFacts, judgements: Judgement[]): { text: string; over: string[] } {
  const campaigns = judgements.flatMap((judgement) => judgement.campaigns);
  const visible = campaigns.filter(({ outcome }) => outcome !== 'blind');
  const caught = visible.filter(({ outcome }) => outcome === 'caught');
  const ordinary = judgements.reduce((sum, judgement) => sum + judgement.ordinary.episodes, 0);
  const special = judgements.flatMap(({ specials }) => specials).reduce((sum, { episodes }) => sum + episodes, 0);
  const held = budget ? holdBudget(budget, exposures(judgements)).filter(({ state }) => state === 'over') : [];
  return {
    text: `${caught.length}/${visible.length} · ${ordinary} · ${special}${held.length > 0 ? ' ✗' : ''}`,
    over: held.map((finding) => `${finding.world}: ${overText(finding, budget!)}`),
  };
}

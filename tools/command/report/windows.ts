import type { DetectorResult, ReplayReport } from '../../evidence/replay/result';
import { duration } from './words';

/**
 * What other windows than sliding ones make of a rule, in numbers: `caught −1, ordinary episodes ±0, …, first alert +2m 3s`.
 * Empty for a query, and in a replay with sliding windows.
 */
export function changeText({ window, change }: DetectorResult): string {
  if (!window || !change) return '';
  const how =
    window.model === 'scheduled'
      ? `every ${span(window.intervalMs)} over ${span(window.lookbackMs)}, phase ${span(window.phaseMs)}: `
      : '';
  const { caught, benignEpisodes, specialEpisodes, medianSeconds } = change;
  const first = medianSeconds === null ? '–' : signed(medianSeconds, duration);
  return `${how}caught ${signed(caught)}, ordinary episodes ${signed(benignEpisodes)}, special episodes ${signed(specialEpisodes)}, first alert ${first}`;
}

/** How many rules a window model changes, and how, in a sentence; empty in a replay with sliding windows. */
export function changesText({ rules, window }: ReplayReport): string {
  const changes = rules.flatMap(({ change }) => change ?? []);
  if (changes.length === 0) return '';
  const count = (isSo: (change: (typeof changes)[number]) => boolean) => changes.filter(isSo).length;
  const raised = count((one) => one.benignEpisodes + one.specialEpisodes > 0);
  const differing = count((one) => Object.values(one).some((figure) => figure !== null && figure !== 0));
  return (
    `${differing} of ${changes.length} rules differ in ${window} from sliding windows: ${count(({ caught }) => caught < 0)} catch fewer campaigns, ` +
    `${count(({ caught }) => caught > 0)} more; ${raised} raise more false episodes; ${count(({ medianSeconds }) => (medianSeconds ?? 0) > 0)} alert later`
  );
}

function signed(value: number, text: (size: number) => string = String): string {
  return `${value < 0 ? '−' : value > 0 ? '+' : '±'}${text(Math.abs(value))}`;
}

function span(ms: number): string {
  return duration(ms / 1000);
}

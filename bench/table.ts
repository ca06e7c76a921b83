import type { Goal } from './jobs';

/** What came out of a job: medians over the runs. */
export interface Result {
  name: string;
  other: string;
  goal: Goal;
  tollgate: { seconds: number; mebibytes: number | null };
  against: { seconds: number; mebibytes: number | null };
}

export interface Results {
  machine: { cores: number; processor: string; node: string };
  runs: number;
  results: Result[];
  missing: string[];
}

export function isMet({ goal, tollgate, against }: Result): boolean {
  if ('speed' in goal) return against.seconds >= goal.speed * tollgate.seconds;
  if ('share' in goal) return tollgate.seconds <= goal.share * against.seconds;
  const { more, mebibytes = Infinity } = goal;
  return tollgate.seconds - against.seconds <= more && (tollgate.mebibytes ?? 0) <= mebibytes;
}

/** The results as a Markdown table. */
export function table({ machine, runs, results, missing }: Results): string {
  const rows = results.map((result) => {
    const { name, other, tollgate, against } = result;
    const memory = tollgate.mebibytes === null ? '' : `${Math.round(tollgate.mebibytes)} MiB`;
    return [
      name,
      time(tollgate.seconds),
      memory,
      `${other}: ${time(against.seconds)}`,
      compared(result),
      isMet(result) ? 'yes' : 'no',
    ];
  });
  const head = ['job', 'Tollgate', 'memory', 'against', 'ratio', 'goal met'];
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  const foot = `${machine.cores} cores of ${machine.processor}, Node ${machine.node}; medians of ${runs} runs, taken in turn.`;
  return [...lines, '', foot, ...missing.map((text) => `Not measured: ${text}.`)].join('\n');
}

function time(seconds: number): string {
  return seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(2)} s`;
}

function compared({ goal, tollgate, against }: Result): string {
  if ('more' in goal) {
    const memory = goal.mebibytes === undefined ? '' : `, ${goal.mebibytes} MiB`;
    return `+${time(tollgate.seconds - against.seconds)} (goal: +${time(goal.more)}${memory})`;
  }
  if ('speed' in goal) return `${(against.seconds / tollgate.seconds).toFixed(2)} of the speed (goal: ${goal.speed})`;
  return `${(tollgate.seconds / against.seconds).toFixed(2)} (goal: ${goal.share})`;
}

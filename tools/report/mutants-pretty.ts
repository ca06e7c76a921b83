import { colour as pc } from '../content/colour';
import type { Judged } from '../mutate/survivors';
import { countMutants, equivalentText, mutantsText } from './mutant-counts';

/** For people: a line a rule and query, below it what survived for a reason; then the findings, among them what survived without one, and the sums. */
export function mutantsAsPretty({ verdicts, diagnostics }: Judged): string {
  const width = Math.max(0, ...verdicts.map(({ file }) => file.length));
  const lines = verdicts.flatMap(({ file, title, killed, survivors }) => {
    const all = killed + survivors.length;
    const paint = survivors.some(({ reason }) => reason === undefined) ? pc.red : pc.green;
    return [
      `${file.padEnd(width)}  ${paint(`${killed} of ${all} killed`.padStart(17))}  ${pc.dim(title)}`,
      ...survivors.flatMap(({ name, file: at, position: { line, column }, reason }) => {
        if (reason === undefined) return [];
        return [`    ${pc.bold(`${at}:${line}:${column}`)}: survives: ${name}`, `        ${pc.dim(reason)}`];
      }),
    ];
  });
  const findings = diagnostics.flatMap(({ file, line, column, message, code, hint }) => [
    `${pc.bold(`${file}:${line}:${column}`)}: ${pc.red('error')}: ${message} ${pc.dim(`[${code}]`)}`,
    ...(hint ? [`    ${pc.cyan('hint')} ${hint}`] : []),
  ]);
  const counts = countMutants(verdicts);
  const rest = counts.unlisted > 0 ? pc.red(`${counts.unlisted} survive unexplained`) : 'none survives unexplained';
  const summary = `${mutantsText(counts, verdicts.length)}, ${rest}${equivalentText(counts)}`;
  return `${[...lines, ...(findings.length > 0 ? ['', ...findings] : []), '', summary].join('\n')}\n`;
}

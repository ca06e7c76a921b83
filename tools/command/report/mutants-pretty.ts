import { colour as pc } from '../../foundation/content/colour';
import { harmless } from '../../foundation/content/harmless';
import { columnsOf } from '../../foundation/content/terminal';
import type { JudgedMutants } from '../../evidence/mutate/survivors';
import { countMutants, equivalentText, mutantsText } from './mutant-counts';
import { fold, padEnd, widthOf } from './width';

/** Columns of `117 of 120 killed`. */
const KILLED = 17;

/** For people: a line a rule and query, below it what survived for a reason; then the findings, among them what survived without one, and the sums. */
export function mutantsAsPretty({ verdicts, diagnostics }: JudgedMutants): string {
  const columns = columnsOf(process.stdout, Infinity);
  const shown = verdicts.map((one) => ({ ...one, file: harmless(one.file), title: harmless(one.title) }));
  const width = Math.max(0, ...shown.map(({ file }) => widthOf(file)));
  const isWide = Math.max(0, ...shown.map(({ title }) => width + KILLED + 4 + widthOf(title))) <= columns;
  const lines = shown.flatMap(({ file, title, killed, survivors }) => {
    const all = killed + survivors.length;
    const paint = survivors.some(({ reason }) => reason === undefined) ? pc.red : pc.green;
    const told = `${killed} of ${all} killed`;
    return [
      ...(isWide
        ? [`${padEnd(file, width)}  ${paint(told.padStart(KILLED))}  ${pc.dim(title)}`]
        : [...fold('', file, columns), ...fold('    ', `${paint(told)}  ${pc.dim(title)}`, columns, 8)]),
      ...survivors.flatMap(({ name, file: at, position: { line, column }, reason }) => {
        if (reason === undefined) return [];
        const told = `${pc.bold(harmless(`${at}:${line}:${column}`))}: survives: ${harmless(name)}`;
        return [...fold('    ', told, columns, 8), ...fold('        ', harmless(reason), columns).map(pc.dim)];
      }),
    ];
  });
  const findings = diagnostics.flatMap(({ file, line, column, message, code, hint }) => [
    ...fold(
      '',
      `${pc.bold(harmless(`${file}:${line}:${column}`))}: ${pc.red('error')}: ${harmless(message)} ${pc.dim(`[${code}]`)}`,
      columns,
      4,
    ),
    ...(hint ? fold(`    ${pc.cyan('hint')} `, harmless(hint), columns) : []),
  ]);
  const counts = countMutants(verdicts);
  const rest = counts.unlisted > 0 ? pc.red(`${counts.unlisted} survive unexplained`) : 'none survives unexplained';
  const summary = `${mutantsText(counts, verdicts.length)}, ${rest}${equivalentText(counts)}`;
  const sums = fold('', summary, columns);
  return `${[...lines, ...(findings.length > 0 ? ['', ...findings] : []), '', ...sums].join('\n')}\n`;
}

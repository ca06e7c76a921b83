import { colour as pc } from '../../foundation/content/colour';
import { harmless } from '../../foundation/content/harmless';
import { columnsOf } from '../../foundation/content/terminal';
import type { CaseRun } from './case-run';
import { parametersText } from './parameters';
import { fold } from './width';

/** For people: each case that failed with what it got, then a count. */
export function casesAsPretty({ engine, parameters, results }: CaseRun): string {
  const failed = results.filter(({ passed }) => !passed);
  const columns = columnsOf(process.stdout, Infinity);
  const lines = failed.flatMap(({ file, position: { line, column }, rule, name, kind, reasons }) => [
    ...fold(
      '',
      `${pc.bold(harmless(`${file}:${line}:${column}`))}: ${pc.red('failed')}: ${harmless(name)} ${pc.dim(`[${kind}]`)}`,
      columns,
      4,
    ),
    ...fold(`    ${pc.dim('of')} `, harmless(rule.title), columns),
    ...reasons.flatMap((reason) => fold('    ', harmless(reason), columns)),
  ]);
  const tested = new Map(results.map(({ rule }) => [rule.id, rule.kind]));
  const of = (['rule', 'query'] as const).flatMap((kind) => {
    const count = [...tested.values()].filter((one) => one === kind).length;
    return count > 0 ? [plural(count, kind)] : [];
  });
  const passed = pc.green(`${results.length - failed.length} passed`);
  const summary = `${plural(results.length, 'case')} of ${of.join(' and ')} in ${engine.name}: ${passed}`;
  const sums = failed.length > 0 ? `${summary}, ${pc.red(`${failed.length} failed`)}` : summary;
  const changed = parametersText(parameters);
  const head = changed ? fold('', pc.yellow(harmless(changed)), columns) : [];
  return `${[...head, ...lines, ...fold('', sums, columns)].join('\n')}\n`;
}

function plural(count: number, word: string): string {
  return `${count} ${count === 1 ? word : `${word}s`.replace(/ys$/, 'ies')}`;
}

import { colour as pc } from '../content/colour';
import type { CaseRun } from './case-run';

/** For people: each case that failed with what it got, then a count. */
export function casesAsPretty({ engine, results }: CaseRun): string {
  const failed = results.filter(({ passed }) => !passed);
  const lines = failed.flatMap(({ file, position, rule, name, kind, reasons }) => [
    `${pc.bold(`${file}:${position.line}:${position.column}`)}: ${pc.red('failed')}: ${name} ${pc.dim(`[${kind}]`)}`,
    `    ${pc.dim('of')} ${rule.title}`,
    ...reasons.map((reason) => `    ${reason}`),
  ]);
  const tested = new Map(results.map(({ rule }) => [rule.id, rule.kind]));
  const of = (['rule', 'query'] as const).flatMap((kind) => {
    const count = [...tested.values()].filter((one) => one === kind).length;
    return count > 0 ? [plural(count, kind)] : [];
  });
  const passed = pc.green(`${results.length - failed.length} passed`);
  const summary = `${plural(results.length, 'case')} of ${of.join(' and ')} in ${engine.name}: ${passed}`;
  return `${[...lines, failed.length > 0 ? `${summary}, ${pc.red(`${failed.length} failed`)}` : summary].join('\n')}\n`;
}

function plural(count: number, word: string): string {
  return `${count} ${count === 1 ? word : `${word}s`.replace(/ys$/, 'ies')}`;
}

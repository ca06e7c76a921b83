import type { CaseRun } from './case-run';
import { parametersText } from './parameters';
import { escapeXml } from './xml';

/** JUnit XML: a suite a rule, a test case a case. */
export function casesAsJunit({ engine, parameters, results }: CaseRun): string {
  const suites = new Map<string, CaseRun['results']>();
  for (const result of results) suites.set(result.rule.title, [...(suites.get(result.rule.title) ?? []), result]);
  const failures = results.filter(({ passed }) => !passed).length;
  const changed = parametersText(parameters);
  const name = ['tollgate test', engine.name, ...(changed ? [changed] : [])].join(', ');
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escapeXml(name)}" tests="${results.length}" failures="${failures}">`,
    ...[...suites].flatMap(([title, cases]) => suite(title, cases)),
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(title: string, cases: CaseRun['results']): string[] {
  const failures = cases.filter(({ passed }) => !passed).length;
  return [
    `  <testsuite name="${escapeXml(title)}" tests="${cases.length}" failures="${failures}">`,
    ...cases.map(({ name, kind, file, position, passed, reasons }) => {
      const attributes = `name="${escapeXml(`${kind}: ${name}`)}" classname="${escapeXml(file)}" file="${escapeXml(file)}" line="${position.line}"`;
      if (passed) return `    <testcase ${attributes}/>`;
      const failure = `<failure message="${escapeXml(reasons[0] ?? 'failed')}">${escapeXml(reasons.join('\n'))}</failure>`;
      return `    <testcase ${attributes}>${failure}</testcase>`;
    }),
    '  </testsuite>',
  ];
}

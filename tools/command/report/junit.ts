import type { DetectorResult, ReplayReport } from '../../evidence/replay/result';
import { parametersText } from './parameters';
import { changeText } from './windows';
import { escapeXml } from './xml';

/** The report as JUnit XML: a test case a rule and query, a failure where its verdict is one, `not-tested` skipped, `not-proven` and `no-budget` in the output. */
export function junitReport(report: ReplayReport): string {
  const all = [...report.rules, ...report.queries];
  const differ = report.differences.length > 0 ? 1 : 0;
  const failures = all.filter((result) => result.verdict === 'fail').length + differ;
  const cases = all.map(testCase);
  const windows = report.window === 'sliding' ? [] : [`${report.window} windows`];
  const changed = parametersText(report.parameters);
  const suite = ['tollgate replay', ...windows, ...(changed ? [escapeXml(changed)] : [])].join(', ');
  if (report.engine.name.includes('+'))
    cases.push(
      wrap('engines agree', 'tollgate.replay', differ ? failure('the engines differ', report.differences) : ''),
    );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites tests="${cases.length}" failures="${failures}">`,
    `  <testsuite name="${suite}" tests="${cases.length}" failures="${failures}">`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase(result: DetectorResult): string {
  const { present, caught, blind } = result.campaigns;
  const changed = changeText(result);
  const figures = `caught ${caught} of ${present - blind}, blind to ${blind}, ${result.benign.episodes} benign episodes in ${result.benign.days} days`;
  const lines = [figures, ...result.reasons, ...(changed ? [`against sliding windows: ${changed}`] : [])];
  const body =
    result.verdict === 'fail'
      ? failure(result.reasons[0] ?? 'failed', lines)
      : `${result.verdict === 'not-tested' ? '<skipped/>' : ''}<system-out>${escapeXml(lines.join('\n'))}</system-out>`;
  return wrap(result.name, result.path, body);
}

function wrap(name: string, classname: string, body: string): string {
  return `    <testcase name="${escapeXml(name)}" classname="${escapeXml(classname)}">${body}</testcase>`;
}

function failure(message: string, lines: string[]): string {
  return `<failure message="${escapeXml(message)}">${escapeXml(lines.join('\n'))}</failure>`;
}

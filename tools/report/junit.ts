import type { DetectorResult, ReplayReport } from '../replay/result';

/** The report as JUnit XML: a test case a rule and query, a failure where its verdict is one, `not-proven` in the output. */
export function junitReport(report: ReplayReport): string {
  const all = [...report.rules, ...report.queries];
  const differ = report.differences.length > 0 ? 1 : 0;
  const failures = all.filter((result) => result.verdict === 'fail').length + differ;
  const cases = all.map(testCase);
  if (report.engine.name.includes('+'))
    cases.push(
      wrap('engines agree', 'tollgate.replay', differ ? failure('the engines differ', report.differences) : ''),
    );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites tests="${cases.length}" failures="${failures}">`,
    `  <testsuite name="tollgate replay" tests="${cases.length}" failures="${failures}">`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase(result: DetectorResult): string {
  const { present, caught, blind } = result.campaigns;
  const figures = `caught ${caught} of ${present - blind}, blind to ${blind}, ${result.benign.episodes} benign episodes in ${result.benign.days} days`;
  const body =
    result.verdict === 'fail'
      ? failure(result.reasons[0] ?? 'failed', [figures, ...result.reasons])
      : `<system-out>${escape([figures, ...result.reasons].join('\n'))}</system-out>`;
  return wrap(result.name, result.path, body);
}

function wrap(name: string, classname: string, body: string): string {
  return `    <testcase name="${escape(name)}" classname="${escape(classname)}">${body}</testcase>`;
}

function failure(message: string, lines: string[]): string {
  return `<failure message="${escape(message)}">${escape(lines.join('\n'))}</failure>`;
}

function escape(text: string): string {
  const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
  return (
    text
      .replace(/[&<>"']/g, (character) => escapes[character]!)
      // XML 1.0 has no way to write these at all.
      // eslint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
  );
}

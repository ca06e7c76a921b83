import type { OwnReport, OwnResult } from '../../evidence/own-logs/result';
import { alertText, incidentText, lossText, minute, OWN_FIGURES, ownFigures, ownNotes } from './own-words';
import { escapeXml } from './xml';

interface TestCase {
  name: string;
  classname: string;
  state: 'passed' | 'failed' | 'skipped';
  lines: string[];
}

/**
 * The report as JUnit XML: a test case a rule and query, which fails where it is clearly over its budget or has an error, one an
 * incident, which fails where nothing caught it, and one that fails where not all of the logs could be looked at.
 */
export function ownJunit(report: OwnReport): string {
  const cases = casesOf(report);
  const of = (state: TestCase['state']): number => cases.filter((one) => one.state === state).length;
  const counts = `tests="${cases.length}" failures="${of('failed')}" skipped="${of('skipped')}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="tollgate replay on own logs" ${counts}>`,
    ...cases.map(testCase),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function casesOf({ losses, incidents, rules, queries, notRun }: OwnReport): TestCase[] {
  return [
    {
      name: 'all of the logs was looked at',
      classname: 'tollgate.own-logs',
      state: losses.length > 0 ? 'failed' : 'passed',
      lines: losses.map(lossText),
    },
    ...incidents.map((incident, index): TestCase => ({
      name: `incident ${index + 1}, ${minute(incident.start)} to ${minute(incident.end)}`,
      classname: 'tollgate.own-logs.incidents',
      state: incident.caught ? 'passed' : 'failed',
      lines: [incidentText(incident)],
    })),
    ...[...rules, ...queries].map(detectorCase),
    ...notRun.map(({ name, path, reason, isError }): TestCase => ({
      name,
      classname: path,
      state: isError ? 'failed' : 'skipped',
      lines: [reason],
    })),
  ];
}

function detectorCase(result: OwnResult): TestCase {
  const figures = ownFigures(result).map((figure, index) => `${OWN_FIGURES[index]}: ${figure}`);
  return {
    name: result.name,
    classname: result.path,
    state: result.budget === 'over' ? 'failed' : 'passed',
    lines: [figures.join(', '), ...ownNotes(result), ...result.alerts.map(alertText)],
  };
}

function testCase({ name, classname, state, lines }: TestCase): string {
  const text = escapeXml(lines.join('\n'));
  const bodies = {
    passed: lines.length > 0 ? `<system-out>${text}</system-out>` : '',
    failed: `<failure message="${escapeXml(lines[0] ?? 'failed')}">${text}</failure>`,
    skipped: `<skipped message="${text}"/>`,
  };
  return `    <testcase name="${escapeXml(name)}" classname="${escapeXml(classname)}">${bodies[state]}</testcase>`;
}

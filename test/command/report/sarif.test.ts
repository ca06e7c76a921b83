import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import { parseYaml } from '@tollgate/sigma/yaml/yaml';
import { diagnosticsAsSarif } from '../../../tools/command/report/diagnostics-sarif';
import { findLayout } from '../../../tools/command/check/layout';
import { validate } from '../../../tools/command/check/validate';
import { SARIF_SCHEMA } from './sarif-schema';

interface Result {
  ruleId: string;
  ruleIndex: number;
  level: string;
  message: { text: string };
  locations: [
    {
      physicalLocation: {
        artifactLocation: { uri: string; uriBaseId?: string };
        region: { startLine: number; startColumn: number; endLine: number; endColumn: number };
      };
    },
  ];
  partialFingerprints: { primaryLocationLineHash: string };
}

interface Run {
  tool: { driver: { rules: { id: string }[] } };
  invocations: [{ toolExecutionNotifications?: { level: string; message: { text: string } }[] }];
  results: Result[];
}

const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
const satisfies = ajv.compile(SARIF_SCHEMA);

/** The run that a log holds, which is held against what SARIF and GitHub ask. */
function runOf(diagnostics: Diagnostic[], unplaced?: string[]): Run {
  const log = JSON.parse(diagnosticsAsSarif({ files: 1, diagnostics, ...(unplaced && { unplaced }) })) as {
    runs: [Run];
  };
  expect(satisfies(log), JSON.stringify(satisfies.errors)).to.equal(true);
  return log.runs[0];
}

const finding = (more: Partial<Diagnostic> = {}): Diagnostic => ({
  file: 'rules/none.yml',
  line: 3,
  column: 5,
  severity: 'error',
  code: 'unknown-field',
  message: "there is no field 'a'",
  ...more,
});

const printOf = (one: Diagnostic): string => runOf([one]).results[0]!.partialFingerprints.primaryLocationLineHash;

describe('findings as SARIF', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'tollgate-test-'))));
  after(() => rmSync(folder, { recursive: true }));
  const write = (text: string): string => {
    const file = join(folder, 'rule.yml');
    writeFileSync(file, text);
    return file;
  };

  it('are what the standard and code scanning ask, of every finding of bad content, and of none', () => {
    const { diagnostics } = validate(findLayout(['test/fixtures/bad-input']));
    const { results, tool } = runOf(diagnostics);
    expect(results).to.have.length(diagnostics.length).above(8);
    for (const [index, { ruleId, ruleIndex, level }] of results.entries()) {
      expect(tool.driver.rules[ruleIndex]!.id).to.equal(ruleId);
      expect([ruleId, level]).to.deep.equal([diagnostics[index]!.code, diagnostics[index]!.severity]);
    }
    expect(runOf([]).results).to.deep.equal([]);
  });

  it('name files from the working directory on, with what a URI keeps for itself escaped', () => {
    const { artifactLocation } = runOf([finding({ file: 'rules/50 % #1.yml' })]).results[0]!.locations[0]
      .physicalLocation;
    expect(artifactLocation).to.deep.equal({ uri: 'rules/50%20%25%20%231.yml', uriBaseId: '%SRCROOT%' });
  });

  it('give a file outside the working directory its whole address', () => {
    const file = write('a: b\n');
    const given = [file, relative(process.cwd(), file)].map((path) => finding({ file: path, line: 1 }));
    for (const { locations } of runOf(given).results)
      expect(locations[0].physicalLocation.artifactLocation).to.deep.equal({ uri: pathToFileURL(file).href });
  });

  it('count columns in UTF-16 units, to the end of the line', () => {
    const text = 'title: x\n📱: {a: 1, a: 2}  \n';
    const file = write(text);
    const [duplicate] = parseYaml(file, text).diagnostics;
    const { region } = runOf([duplicate!]).results[0]!.locations[0].physicalLocation;
    const line = text.split('\n')[1]!;
    expect(region).to.deep.equal({
      startLine: 2,
      startColumn: line.indexOf(', a') + 3,
      endLine: 2,
      endColumn: line.trimEnd().length + 1,
    });
  });

  it('keep their fingerprints when lines move, are indented otherwise, or the message names another line', () => {
    const message = 'it stands on line 2 already';
    const before = printOf(finding({ file: write('a: 1\nfield:  x\n'), line: 2, message }));
    const moved = finding({
      file: write('# new\n\n\na: 1\n  field: x\n'),
      line: 5,
      message: message.replace('2', '4'),
    });
    expect(printOf(moved)).to.equal(before);
    expect(printOf({ ...moved, code: 'unknown-key' })).not.to.equal(before);
    expect(printOf({ ...moved, message: 'it is wrong' })).not.to.equal(before);
    expect(printOf({ ...moved, line: 4 })).not.to.equal(before);
  });

  it('tell findings apart that are alike', () => {
    const file = write('field: x\nfield: x\n');
    const [one, other] = runOf([finding({ file, line: 1 }), finding({ file, line: 2 })]).results.map(
      ({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash,
    );
    expect(one).to.match(/:1$/);
    expect(other).to.equal(one!.replace(/1$/, '2'));
  });

  it('are no more than code scanning shows, errors before warnings, and say how many there were', () => {
    const many = Array.from({ length: 5200 }, (_, index) =>
      finding({ line: index + 1, severity: index % 2 === 0 ? 'warning' : 'error' }),
    );
    const { results, invocations } = runOf(many);
    expect(results).to.have.length(5000);
    expect(results.filter(({ level }) => level === 'error')).to.have.length(2600);
    expect(invocations[0].toolExecutionNotifications![0]!.message.text).to.contain('200 more findings are left out');
    const lines = results.map(({ locations }) => locations[0].physicalLocation.region.startLine);
    expect(lines).to.deep.equal([...lines].sort((a, b) => a - b));
  });

  it('hold what stands at no place as a notification of the run, and no control character of a text', () => {
    const { invocations, results } = runOf([finding({ message: 'a\u001b[31m\u202eb' })], ['the engines disagree']);
    expect(invocations[0].toolExecutionNotifications).to.deep.equal([
      { level: 'error', message: { text: 'the engines disagree' } },
    ]);
    expect(results[0]!.message.text).to.equal('a\\u{1b}[31m\\u{202e}b');
  });
});

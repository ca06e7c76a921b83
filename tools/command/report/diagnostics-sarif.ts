import { isAbsolute, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import { harmlessLines } from '../../foundation/content/harmless';
import { manifest } from '../../foundation/manifest';
import { pageOf, pageUrl, readPage } from './code-page';
import type { Findings } from './findings';
import { fingerprints } from './fingerprints';
import { SourceLines } from './source-lines';

/**
 * What GitHub's code scanning shows of a run: 5,000 results, the gravest; of more than 25,000 it refuses the file.
 * https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support#file-compatibility
 */
export const MOST_RESULTS = 5000;

/** GitHub shows so much of a description, and asks for text in each: see `reportingDescriptor` on the same page. */
const MOST_DESCRIPTION = 1024;

/** The folder to which paths are relative; GitHub takes such paths from the repository's root on. */
const ROOT_ID = '%SRCROOT%';

/**
 * SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), with what GitHub's code scanning asks beside the
 * standard: https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support#supported-properties
 */
export function diagnosticsAsSarif({ diagnostics, unplaced = [] }: Findings): string {
  const told = gravest(diagnostics);
  const codes = [...new Set(told.map(({ code }) => code))].sort();
  const ruleOf = new Map(codes.map((code, index) => [code, index]));
  const lines = new SourceLines();
  const prints = fingerprints(told, lines);
  const { version } = manifest();
  const run = {
    tool: { driver: { name: 'Tollgate', semanticVersion: version, rules: codes.map(descriptor) } },
    originalUriBaseIds: { [ROOT_ID]: { description: { text: 'The folder in which Tollgate ran.' } } },
    columnKind: 'utf16CodeUnits',
    invocations: [invocation(unplaced, diagnostics.length - told.length)],
    results: told.map((one, index) => ({
      ruleId: one.code,
      ruleIndex: ruleOf.get(one.code)!,
      level: one.severity,
      message: { text: messageOf(one) },
      locations: [{ physicalLocation: { artifactLocation: artifact(one.file), region: region(one, lines) } }],
      partialFingerprints: { primaryLocationLineHash: prints[index]! },
    })),
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** As many as are shown, in their order; warnings give way to errors. */
function gravest(diagnostics: Diagnostic[]): Diagnostic[] {
  if (diagnostics.length <= MOST_RESULTS) return diagnostics;
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning');
  const kept = new Set([...errors, ...warnings].slice(0, MOST_RESULTS));
  return diagnostics.filter((one) => kept.has(one));
}

/** The run itself, with what stands at no place: a result without one would not be shown. */
function invocation(unplaced: string[], left: number): object {
  const warning = `${left} more findings are left out: code scanning shows ${MOST_RESULTS}`;
  const notifications = [
    ...unplaced.map((text) => ({ level: 'error', message: { text: harmlessLines(text) } })),
    ...(left > 0 ? [{ level: 'warning', message: { text: warning } }] : []),
  ];
  return {
    executionSuccessful: true,
    ...(notifications.length > 0 && { toolExecutionNotifications: notifications }),
  };
}

/** A code, with its page as the help that is shown beside its results. `helpUri` is for whole addresses only. */
function descriptor(id: string): object {
  const page = readPage(id);
  const description = { text: (page?.summary || id).slice(0, MOST_DESCRIPTION) };
  const url = pageUrl(id);
  return {
    id,
    shortDescription: description,
    fullDescription: description,
    help: { text: `${description.text} See ${pageOf(id)}`, ...(page && { markdown: page.markdown }) },
    ...(url !== undefined && { helpUri: url }),
  };
}

function messageOf({ message, hint }: Diagnostic): string {
  return harmlessLines(hint ? `${message}\nHint: ${hint}` : message);
}

/** Relative to the working directory for what lies below it, and otherwise a whole address, which no repository has. */
function artifact(file: string): object {
  if (isAbsolute(file) || file.startsWith('../')) return { uri: pathToFileURL(resolve(file)).href };
  return { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: ROOT_ID };
}

/** From the finding's place to the end of its line: how far what is wrong reaches is not known. */
function region({ file, line, column }: Diagnostic, lines: SourceLines): object {
  const end = (lines.at(file, line)?.trimEnd().length ?? column) + 1;
  return { startLine: line, startColumn: column, endLine: line, endColumn: Math.max(column, end) };
}

import { cpSync, mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import type { Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import { parseSigma } from '@tollgate/sigma/rules/parse';
import { parseYaml, type YamlDocument } from '@tollgate/sigma/yaml/yaml';
import { findLayout } from '../../../tools/command/check/layout';
import { loadTestable } from '../../../tools/command/check/testable';
import { caseFindings } from '../../../tools/command/report/case-findings';
import { mutate } from '../../../tools/evidence/mutate/run';
import { subjectsOf } from '../../../tools/evidence/mutate/subject';
import { judge } from '../../../tools/evidence/mutate/survivors';
import { caseFile } from '../../../tools/evidence/replay/case-events';
import { runCases } from '../../../tools/evidence/replay/cases';
import { openEngines } from '../../../tools/evidence/replay/engines';
import { loadYaml } from '../../../tools/foundation/content/load-yaml';
import { validate } from '../../../tools/command/check/validate';

/** Progress that nobody looks at. */
const silent = { update: () => undefined };

const BASE = 'test/fixtures/diagnostics';
/** Contracts of the pack that the world of the base needs, since a simulated source needs a lens. */
const CONTRACTS = ['google.identity.yml', 'google.audit.yml'];

/** A block of a page: the file that it is a part of, and its text. */
export interface Example {
  path: string;
  text: string;
}

/** A place at which an example says that it raises the code of its page. */
export interface Place {
  path: string;
  line: number;
}

/** The examples of a page: its YAML blocks, each of which begins with the path of its file in a comment. */
export function examplesOf(markdown: string): Example[] {
  return [...markdown.matchAll(/^```ya?ml\n# (\S+)\n([^]*?)^```$/gm)].map(([, path, text]) => ({
    path: path!,
    text: text!,
  }));
}

/** A folder with the base of all examples, in which one can stand. */
export class Ground {
  readonly folder = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
  private readonly touched = new Map<string, string | null>();

  constructor() {
    cpSync(BASE, this.folder, { recursive: true });
    for (const name of CONTRACTS) cpSync(join('schemas/telemetry', name), join(this.folder, 'schemas/telemetry', name));
    cpSync('datasets/rate-card.yml', join(this.folder, 'datasets/rate-card.yml'));
  }

  /**
   * Writes examples: of a file of the base, each replaces the values of its top-level keys, and what has none goes before them; any
   * other file is only the example. Returns where they say that their code is raised: at `# <code>` at the end of a line.
   */
  put(examples: Example[], code: string): Place[] {
    return examples.flatMap(({ path, text }) => {
      const file = join(this.folder, path);
      const present = existsSync(file) ? readFileSync(file, 'utf8') : null;
      if (!this.touched.has(path)) this.touched.set(path, present);
      const written = present === null ? text : merged(present, text);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, written);
      return written
        .split('\n')
        .flatMap((line, index) => (line.endsWith(`# ${code}`) ? [{ path, line: index + 1 }] : []));
    });
  }

  /**
   * What is found in the files of the examples: by `validate` in the folder, or of a file that stands in none by the Sigma engine alone, as
   * `match` and `compile` read any rule.
   */
  findings(examples: Example[]): Diagnostic[] {
    const alone = examples.filter(({ path }) => !path.includes('/'));
    const found = alone.flatMap(({ path, text }) => {
      const { documents, diagnostics } = parseYaml(path, text);
      return [...diagnostics, ...parseSigma(documents).diagnostics];
    });
    if (alone.length === examples.length) return found;
    const inFolder = validate(findLayout([this.folder])).diagnostics;
    return [...found, ...inFolder.map((one) => ({ ...one, file: relative(this.folder, one.file) }))];
  }

  /** What `test` and `mutate` find: cases that fail, or where none does, changes of rules that no case notices. */
  async findingsOfRuns(): Promise<Diagnostic[]> {
    const layout = findLayout([this.folder]);
    const { documents, content, sources } = loadTestable(layout);
    const [engine] = await openEngines('memory', content.contracts, { progress: silent });
    const failed = caseFindings(await runCases(documents, content, engine, silent));
    return (failed.length > 0 ? failed : await this.survivors(documents, subjectsOf(content, sources))).map((one) => ({
      ...one,
      file: relative(this.folder, one.file),
    }));
  }

  private async survivors(documents: YamlDocument[], subjects: ReturnType<typeof subjectsOf>): Promise<Diagnostic[]> {
    const list = join(this.folder, 'datasets/mutants.yml');
    const listed = existsSync(list) ? loadYaml(list).documents[0]! : null;
    const tested = new Set(documents.map((document) => caseFile(document).rule));
    const mutated = await mutate(
      subjects.filter(({ id }) => tested.has(id)),
      documents,
      silent,
    );
    return judge(
      mutated,
      listed,
      subjects.map(({ id }) => id),
    ).diagnostics;
  }

  /** Makes the folder what it was. */
  restore(): void {
    for (const [path, text] of this.touched)
      if (text === null) rmSync(join(this.folder, path));
      else writeFileSync(join(this.folder, path), text);
    this.touched.clear();
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** A document's text in parts that begin with a top-level key each. */
function parts(text: string): string[] {
  return text.split(/^(?=[^\s#-])/m);
}

function merged(base: string, example: string): string {
  const keyOf = (part: string): string => part.split(':')[0]!;
  const given = parts(example);
  const keys = new Set(given.map(keyOf));
  return [...parts(base).filter((part) => !keys.has(keyOf(part))), ...given].join('');
}

import { constructFromEvents, parseEvents, YAMLException } from 'js-yaml';
import type { Event } from 'js-yaml';
import { readCommonYaml } from './common-yaml';
import type { Diagnostic, Position, DiagnosticCode } from '../diagnostics/diagnostic';
import { lineStarts, positionFrom } from './position';
import { SCHEMA } from './yaml-schema';
import { buildTree, type Node } from './yaml-tree';

/** Deeper nesting than any content needs; a bound on the recursion of everything that walks a document. */
export const MAX_DEPTH = 64;

/** Documents of one file. A file of that many says nothing in each. */
export const MAX_DOCUMENTS = 1000;

/** Findings about one file; more are left out. */
export const MAX_PROBLEMS = 100;

/** One YAML document, with the place of each of its nodes. */
export interface YamlDocument {
  file: string;
  /** 0-based number of the document in its file. */
  index: number;
  value: unknown;
  /**
   * Where the node at a path stands: its value, or the key that it stands under. A path that the document doesn't have
   * gives the place of the nearest ancestor, so that a missing key is reported on the map that lacks it.
   */
  position(path: readonly (string | number)[], part?: 'key' | 'value'): Position;
  /** Whether something was reported in it, such as a duplicate key: it can be looked at, but what it says is not to be run. */
  broken?: boolean;
  /** The text of a scalar without quotes as it is written, such as `010` of a number; undefined where it is the value's own, or there is none. */
  written?(path: readonly (string | number)[]): string | undefined;
}

export interface YamlFile {
  documents: YamlDocument[];
  diagnostics: Diagnostic[];
  /** Of the documents that could not be read. */
  unread: Unread[];
}

/** What can be said of text that could not be read as YAML. */
export interface Unread {
  file: string;
  /** The ids and names that it gives: nobody is to be told that these are not there. */
  names: string[];
  /** The words of what seems to be a correlation: the rules that are there for it are among them. */
  words: string[];
}

/**
 * Parses the YAML documents of a text (YAML 1.2 core schema: dates and times stay strings; an integer that no double keeps is a bigint). Everything that could be
 * used against the process or that hides what a rule says is refused: anchors and aliases, merge keys, tags, duplicate
 * and complex keys, deep nesting. A document with a syntax error or a refused node is left out; the others are returned.
 */
export function parseYaml(file: string, text: string): YamlFile {
  const value = readCommonYaml(text);
  if (value === null) return parseAnyYaml(file, text);
  // Where nodes stand is asked for where something is wrong, which is seldom.
  let placed: YamlDocument | undefined;
  const places = (): YamlDocument => (placed ??= parseAnyYaml(file, text).documents[0]!);
  const document: YamlDocument = {
    file,
    index: 0,
    value,
    position: (path, part) => places().position(path, part),
    // A number or boolean that is written otherwise than its text is not of the common kind.
    written: () => undefined,
  };
  return { documents: [document], diagnostics: [], unread: [] };
}

/** As `parseYaml`, which gives the same faster for the common kind of text. */
export function parseAnyYaml(file: string, text: string): YamlFile {
  const starts = lineStarts(text);
  const report = new Report(file, starts);
  const whole = parseChunk(text, 0, 0, report, file, starts);
  if (whole) return { ...finish(whole, report), unread: report.diagnostics.length > 0 ? [unreadOf(file, text)] : [] };
  // A syntax error hides the rest of the text: parse what stands between the document markers one by one.
  report.diagnostics.length = 0;
  const documents: YamlDocument[] = [];
  let index = 0;
  const chunks = splitDocuments(text);
  if (chunks.length > MAX_DOCUMENTS) {
    report.tooManyDocuments();
    return { documents, diagnostics: report.diagnostics, unread: [] };
  }
  const unread: Unread[] = [];
  for (const { offset, chunk } of chunks) {
    const parsed = parseChunk(chunk, offset, index, report, file, starts);
    if (parsed === null || parsed.length === 0) unread.push(unreadOf(file, chunk));
    documents.push(...(parsed ?? []));
    index += Math.max(1, parsed?.length ?? 1);
  }
  return { documents, diagnostics: report.diagnostics, unread };
}

/** Reads names where they are written as they mostly are. */
function unreadOf(file: string, text: string): Unread {
  const names = text.split(/[\r\n]+/).flatMap((line) => {
    const [key = '', value = ''] = line.split(':', 2);
    const name = value.split(' #', 1)[0]!.trim();
    return (key === 'id' || key === 'name') && name !== '' ? [name.replaceAll(/^['"]|['"]$/g, '')] : [];
  });
  return { file, names, words: /^correlation:/m.test(text) ? (text.match(/[\w-]+/g) ?? []) : [] };
}

function finish(documents: YamlDocument[], report: Report): Omit<YamlFile, 'unread'> {
  if (documents.length === 0 && report.diagnostics.length === 0) {
    report.add(0, 'empty-file', 'holds no YAML document', 'write its content, or delete the file');
  }
  return { documents, diagnostics: report.diagnostics };
}

/** Collects diagnostics at offsets of one file. */
class Report {
  readonly diagnostics: Diagnostic[] = [];
  constructor(
    private readonly file: string,
    private readonly starts: number[],
  ) {}
  add(offset: number, code: DiagnosticCode, message: string, hint: string): void {
    if (this.diagnostics.length >= MAX_PROBLEMS) return;
    const at = positionFrom(this.starts, offset);
    this.diagnostics.push({ file: this.file, ...at, severity: 'error', code, message, hint });
  }
  tooManyDocuments(): void {
    this.add(0, 'too-large', `more than ${MAX_DOCUMENTS} documents in one file`, 'split it into several files');
  }
}

/** Parses a stretch of the file that begins at `base`; `null` when its syntax is wrong. */
function parseChunk(
  chunk: string,
  base: number,
  firstIndex: number,
  report: Report,
  file: string,
  starts: number[],
): YamlDocument[] | null {
  let events: Event[];
  try {
    events = parseEvents(chunk, { maxDepth: MAX_DEPTH });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const offset = base + (error.mark?.position ?? 0);
    const deep = error.reason.includes('maxDepth');
    report.add(
      offset,
      deep ? 'too-deep' : 'yaml-syntax',
      deep ? `nested deeper than ${MAX_DEPTH} levels` : `malformed YAML: ${error.reason}`,
      deep ? 'flatten it' : hintFor(error.reason, chunk, error.mark?.position ?? 0),
    );
    return null;
  }
  const documents: YamlDocument[] = [];
  const trees = buildTree(events, chunk);
  if (trees.length > MAX_DOCUMENTS) {
    report.tooManyDocuments();
    return documents;
  }
  for (const [index, tree] of trees.entries()) {
    for (const problem of tree.problems) report.add(base + problem.offset, problem.code, problem.message, problem.hint);
    if (!tree.usable) continue;
    let value: unknown;
    try {
      // Duplicate keys have been reported, and their document is not run: `json` lets the last one win, so that it is checked further.
      [value] = constructFromEvents(tree.events, { source: chunk, schema: SCHEMA, json: true, maxAliases: 0 });
    } catch (error) {
      if (!(error instanceof YAMLException)) throw error;
      report.add(base + (error.mark?.position ?? 0), 'yaml-syntax', `malformed YAML: ${error.reason}`, 'correct it');
      continue;
    }
    const root = tree.root;
    const position: YamlDocument['position'] = (path, part = 'value') =>
      positionFrom(starts, base + offsetOf(root, path, part));
    const written = (path: readonly (string | number)[]): string | undefined => {
      const node = path.reduce<Node | undefined>((at, step) => at?.children?.get(String(step))?.node, root);
      return node?.plainEnd === undefined ? undefined : chunk.slice(node.offset, node.plainEnd);
    };
    const broken = tree.problems.length > 0;
    documents.push({ file, index: firstIndex + index, value, position, written, ...(broken && { broken }) });
  }
  return documents;
}

function offsetOf(root: Node, path: readonly (string | number)[], part: 'key' | 'value'): number {
  let node = root;
  let keyOffset = root.offset;
  for (const step of path) {
    const child = node.children?.get(String(step));
    if (!child) return keyOffset;
    node = child.node;
    keyOffset = child.keyOffset;
  }
  return part === 'key' ? keyOffset : node.offset;
}

/** A document marker stands at the start of a line and nowhere else, whatever the context (YAML 1.2.2, 9.1.2). */
function splitDocuments(text: string): { offset: number; chunk: string }[] {
  const marks = [...text.matchAll(/^---(?=[ \t\r\n]|$)/gm)].map((found) => found.index);
  const begin = text.search(/\S/);
  const cuts = [0, ...marks.filter((offset) => offset > begin), text.length];
  const chunks: { offset: number; chunk: string }[] = [];
  for (let i = 0; i + 1 < cuts.length; i++) {
    chunks.push({ offset: cuts[i]!, chunk: text.slice(cuts[i], cuts[i + 1]) });
  }
  return chunks;
}

/** What to do about a syntax error, guessed from the text before it; only a stretch of it is looked at, however long the line. */
function hintFor(reason: string, text: string, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(Math.max(lineStart, offset - 200), offset + 1);
  const around = text.slice(lineStart, lineStart + 200).split('\n')[0]!;
  if (before.includes('\t')) return 'indent with spaces; YAML allows no tab there';
  if (/^\s*[\w.|-]+: +[^\s'"[{][^'"]*?: /.test(around)) return "put the value in quotes: it contains ': '";
  if (/[@`]$/.test(before)) return "put the value in quotes: it begins with '@' or '`'";
  if (/indentation|deficient/.test(reason)) {
    return 'align this line with its map or list, close the bracket or quote above it, or quote a text that holds `: `';
  }
  return 'check the indentation, brackets and quotes of this line and of the one above it';
}

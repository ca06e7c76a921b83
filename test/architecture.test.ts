import { expect } from 'chai';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

const TOOLS = join(__dirname, '..', 'tools');

/** Later stages may import from earlier ones, never the other way round; those on one line don't know each other. */
const STAGES = [
  ['leftovers'],
  ['content'],
  ['ndjson', 'sigma', 'telemetry'],
  ['memory', 'correlate', 'statistics'],
  ['elasticsearch'],
  ['hunt', 'compile', 'match'],
  ['simulate', 'export'],
  ['replay'],
  ['baseline', 'mutate'],
  ['measure'],
  ['coverage'],
  ['audit'],
  ['check'],
  ['report'],
  ['cli', 'library'],
];

/** In lines. */
const LONGEST_FILE = 300;

/** File → the files of tools/ that it imports or requires, be it for types alone. */
function imports(): Map<string, string[]> {
  const files = readdirSync(TOOLS, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  const all = new Set(files);
  return new Map(
    files.map((file) => {
      const text = readFileSync(join(TOOLS, file), 'utf8');
      const found = [...text.matchAll(/(?:from|import\(|require\()\s*'(\.[^']+)'/g)].map(([, path]) =>
        relative(TOOLS, join(TOOLS, dirname(file), path!)),
      );
      const inside = found.filter((path) => !path.startsWith('..') && !path.includes('compiled'));
      return [file, inside.map((path) => (all.has(join(path, 'index.ts')) ? join(path, 'index.ts') : `${path}.ts`))];
    }),
  );
}

const folderOf = (file: string): string => file.split(sep)[0]!;
const stageOf = (file: string): number => STAGES.findIndex((stage) => stage.includes(folderOf(file)));

describe('the architecture', () => {
  const graph = imports();

  it('knows every folder and finds every imported file', () => {
    for (const [file, targets] of graph) {
      expect(stageOf(file), `${file} lies in no known stage`).to.be.at.least(0);
      for (const target of targets) expect(graph.has(target), `${file} imports ${target}`).to.equal(true);
    }
  });

  it('lets nothing import from a later stage', () => {
    const wrong: string[] = [];
    for (const [file, targets] of graph) {
      for (const target of targets) {
        if (folderOf(file) === folderOf(target)) continue;
        if (stageOf(target) >= stageOf(file)) wrong.push(`${file} imports ${target}`);
      }
    }
    expect(wrong).to.deep.equal([]);
  });

  it('has no circle of imports', () => {
    const circles: string[] = [];
    const done = new Set<string>();
    const visit = (file: string, path: string[]): void => {
      if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' → '));
      if (done.has(file) || path.includes(file)) return;
      for (const target of graph.get(file) ?? []) visit(target, [...path, file]);
      done.add(file);
    };
    for (const file of graph.keys()) visit(file, []);
    expect(circles).to.deep.equal([]);
  });

  it('keeps files short enough to be read', () => {
    const lines = (file: string): number => readFileSync(join(TOOLS, file), 'utf8').trimEnd().split('\n').length;
    const long = [...graph.keys()].filter((file) => lines(file) > LONGEST_FILE);
    expect(long).to.deep.equal([]);
  });

  it('cites in comments only what is in the repository', () => {
    const wrong: string[] = [];
    for (const file of graph.keys())
      for (const line of readFileSync(join(TOOLS, file), 'utf8').split('\n')) {
        if (!/^ *(?:\/?\*|\/\/)/.test(line)) continue;
        const pages = [...line.matchAll(/\b(?:docs\/)?[\w-]+\.md\b/g)].filter(
          ([page]) => !existsSync(join(TOOLS, '..', page)),
        );
        if (pages.length > 0 || /\bdesign\b/.test(line)) wrong.push(`${file}: ${line.trim()}`);
      }
    expect(wrong).to.deep.equal([]);
  });

  it('has one meaning for the name of each exported type', () => {
    const places = new Map<string, string[]>();
    for (const file of graph.keys()) {
      const text = readFileSync(join(TOOLS, file), 'utf8');
      for (const [, name] of text.matchAll(/^export (?:abstract )?(?:interface|type|class|enum) (\w+)/gm))
        places.set(name!, [...(places.get(name!) ?? []), file]);
    }
    const shared = [...places]
      .filter(([, files]) => files.length > 1)
      .map(([name, files]) => `${name}: ${files.join(', ')}`);
    expect(shared).to.deep.equal([]);
  });
});

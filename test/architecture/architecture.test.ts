import { expect } from 'chai';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { importsOfRooms, ROOT, textOf } from './imports';
import { pageWithPicture, PAGE } from './page';
import { lineOf, roomOf, ROOMS } from './rooms';

/** In lines. */
const LONGEST_FILE = 300;

describe('the architecture', () => {
  const graph = importsOfRooms();
  const pairs = [...graph].flatMap(([file, targets]) => targets.map((target): [string, string] => [file, target]));

  it('knows every folder and finds every imported file', () => {
    for (const file of graph.keys()) expect(lineOf(file), `${file} lies in no known folder`).to.be.at.least(0);
    for (const [file, target] of pairs) expect(graph.has(target), `${file} imports ${target}`).to.equal(true);
  });

  it('lets no room import from a later one', () => {
    const wrong = pairs.filter(([file, target]) => roomOf(target) > roomOf(file));
    expect(wrong.map(([file, target]) => `${file} imports ${target}`)).to.deep.equal([]);
  });

  it('lets no folder of a room import from a later one, nor from one beside it', () => {
    const wrong = pairs.filter(([file, target]) => {
      const room = ROOMS[roomOf(file)]!;
      if (roomOf(target) !== roomOf(file) || room.folders.length === 0) return false;
      const [from, to] = [file, target].map((path) => path.slice(room.folder.length + 1).split('/')) as [
        string[],
        string[],
      ];
      if (to.length === 1 || from[0] === to[0]) return false;
      return lineOf(target) >= lineOf(file);
    });
    expect(wrong.map(([file, target]) => `${file} imports ${target}`)).to.deep.equal([]);
  });

  it('leaves the packages to stand alone', () => {
    for (const file of graph.keys()) {
      if (!file.startsWith('packages/')) continue;
      const specifiers = [...textOf(file).matchAll(/(?:from|import\(|require\()\s*'([^']+)'/g)].map(
        ([, path]) => path!,
      );
      const path = file.split('/').slice(0, 2).join('/');
      const { dependencies } = JSON.parse(textOf(`${path}/package.json`)) as { dependencies: Record<string, string> };
      const allowed = (each: string): boolean =>
        each.startsWith('.') || Object.keys(dependencies).some((name) => each === name || each.startsWith(`${name}/`));
      expect(
        specifiers.filter((each) => !allowed(each)),
        file,
      ).to.deep.equal([]);
      for (const target of graph.get(file)!) expect(target, file).to.match(/^packages\//);
    }
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
    const long = [...graph.keys()].filter((file) => textOf(file).trimEnd().split('\n').length > LONGEST_FILE);
    expect(long).to.deep.equal([]);
  });

  it('cites in comments only what is in the repository', () => {
    const wrong: string[] = [];
    for (const file of graph.keys())
      for (const line of textOf(file).split('\n')) {
        if (!/^ *(?:\/?\*|\/\/)/.test(line)) continue;
        const pages = [...line.matchAll(/\b(?:docs\/)?[\w-]+\.md\b/g)].filter(
          ([page]) => ![ROOT, join(ROOT, 'packages/sigma')].some((folder) => existsSync(join(folder, page))),
        );
        if (pages.length > 0 || /\bdesign\b/.test(line)) wrong.push(`${file}: ${line.trim()}`);
      }
    expect(wrong).to.deep.equal([]);
  });

  it('has one meaning for the name of each exported type', () => {
    const places = new Map<string, string[]>();
    for (const file of graph.keys())
      for (const [, name] of textOf(file).matchAll(/^export (?:abstract )?(?:interface|type|class|enum) (\w+)/gm))
        places.set(name!, [...(places.get(name!) ?? []), file]);
    const shared = [...places].filter(([, files]) => files.length > 1);
    expect(shared.map(([name, files]) => `${name}: ${files.join(', ')}`)).to.deep.equal([]);
  });

  it('is that of the page, which has a paragraph for each room, and each room has its own page', () => {
    const page = textOf(PAGE);
    expect(page, 'run `npm run architecture`').to.equal(pageWithPicture(page));
    for (const { name, folder } of ROOMS) {
      expect(page).to.include(`\n### ${name}\n`);
      expect(existsSync(join(ROOT, folder.replace(/\/src$/, ''), 'README.md')), `${folder} has no README.md`).to.equal(
        true,
      );
    }
  });
});

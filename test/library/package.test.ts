import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { dependencies } from '../../package.json';
import { examplePage } from './page';

const ROOT = join(__dirname, '..', '..');

/** What a stranger installs: the packed package beside its declared dependencies, and nothing else. */
describe('the package', () => {
  let folder: string;
  const run = (command: string, ...args: string[]): string =>
    execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'tollgate-package-'));
    execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: ROOT, stdio: 'ignore' });
    const [archive] = readdirSync(folder);
    const modules = join(folder, 'node_modules');
    mkdirSync(join(modules, 'tollgate'), { recursive: true });
    run('tar', '-xzf', archive!, '-C', join(modules, 'tollgate'), '--strip-components', '1');
    for (const name of Object.keys(dependencies)) {
      mkdirSync(dirname(join(modules, name)), { recursive: true });
      symlinkSync(join(ROOT, 'node_modules', name), join(modules, name), 'junction');
    }
    writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
  });
  after(() => rmSync(folder, { recursive: true }));

  /** Compiles a file strictly, with no types around but those of the package. */
  const compile = (file: string, code: string): void => {
    writeFileSync(join(folder, file), code);
    const compilerOptions = { strict: true, module: 'nodenext', target: 'es2023', lib: ['es2023', 'dom'], types: [] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [file] }));
    run(process.execPath, join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', '.');
  };

  it("runs the documentation's example, which is typed, and prints what the page says", () => {
    const { code, output } = examplePage();
    compile('example.ts', code);
    expect(run(process.execPath, 'example.js')).to.equal(output);
  });

  it('has types that tell a wrong use', () => {
    const code = `import { compile, parse } from 'tollgate';\ncompile(parse('').rule);\n`;
    expect(() => compile('wrong.ts', code)).to.throw();
  });

  it('loads no Elasticsearch client and no command', () => {
    const list = "require('tollgate'); console.log(Object.keys(require.cache).join('\\n'))";
    const loaded = run(process.execPath, '-e', list, '--input-type=commonjs').split('\n');
    expect(loaded.some((path) => path.includes('library'))).to.equal(true);
    expect(loaded.filter((path) => /@elastic|dist.(cli|elasticsearch|replay)./.test(path))).to.deep.equal([]);
  });

  it('brings a command that validates the content it brings', () => {
    const cwd = join(folder, 'node_modules', 'tollgate');
    const args = ['bin/tollgate.js', 'validate', '--format', 'json'];
    const report = JSON.parse(execFileSync(process.execPath, args, { cwd, encoding: 'utf8' })) as { files: number };
    expect(report).to.deep.include({ diagnostics: [] });
    expect(report.files).to.be.above(0);
  });
});

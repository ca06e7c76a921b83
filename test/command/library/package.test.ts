import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { exampleOf, Stranger } from '../../packages/stranger';

describe('the package, for a stranger', () => {
  let stranger: Stranger;
  before(() => (stranger = new Stranger('.', 'packages/sigma', 'packages/sigma-elasticsearch')));
  after(() => stranger.close());

  it("runs the documentation's example, which is typed, and prints what the page says", () => {
    const { code, output } = exampleOf('docs/library.md');
    stranger.compile({ 'example.ts': code });
    expect(stranger.run(process.execPath, 'example.js')).to.equal(output);
  });

  it('has types that tell a wrong use', () => {
    const code = `import { compile, parse } from 'tollgate';\ncompile(parse('').rule);\n`;
    expect(() => stranger.compile({ 'wrong.ts': code })).to.throw();
  });

  it('loads no Elasticsearch client and no command', () => {
    const list = "require('tollgate'); console.log(Object.keys(require.cache).join('\\n'))";
    const loaded = stranger.run(process.execPath, '-e', list, '--input-type=commonjs').split('\n');
    expect(loaded.some((path) => path.includes('library'))).to.equal(true);
    expect(loaded.filter((path) => /@elastic|dist.(cli|elasticsearch|replay)./.test(path))).to.deep.equal([]);
  });

  it('brings a command that validates the content it brings', () => {
    const cwd = join(stranger.folder, 'node_modules', 'tollgate');
    const args = ['bin/tollgate.js', 'validate', '--format', 'json'];
    const report = JSON.parse(execFileSync(process.execPath, args, { cwd, encoding: 'utf8' })) as { files: number };
    expect(report).to.deep.include({ diagnostics: [] });
    expect(report.files).to.be.above(0);
  });
});

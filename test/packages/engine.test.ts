import { expect } from 'chai';
import { exampleOf, Stranger } from './stranger';

for (const [name, folders] of [
  ['@tollgate/sigma', ['packages/sigma']],
  ['@tollgate/sigma-elasticsearch', ['packages/sigma-elasticsearch', 'packages/sigma']],
] as const)
  describe(`the package ${name}, for a stranger`, () => {
    const { code, output } = exampleOf(`${folders[0]}/README.md`);
    let stranger: Stranger;
    before(() => (stranger = new Stranger(...folders)));
    after(() => stranger.close());

    it('runs the example of its page in both module systems, which is typed', () => {
      stranger.compile({ 'example.mts': code, 'example.cts': code });
      for (const file of ['example.mjs', 'example.cjs'])
        expect(stranger.run(process.execPath, file), file).to.equal(output);
    });

    it('has types that tell a wrong use', () => {
      expect(() => stranger.compile({ 'wrong.mts': `import { nothing } from '${name}';\nnothing();\n` })).to.throw();
    });

    it('gives the same names in both module systems', () => {
      const names = (load: string): string => `${load}.then((it) => console.log(Object.keys(it).sort().join()))`;
      const esm = stranger.run(process.execPath, '--input-type=module', '-e', names(`import('${name}')`));
      const required = names(`Promise.resolve(require('${name}'))`);
      const cjs = stranger.run(process.execPath, '--input-type=commonjs', '-e', required);
      expect(cjs).to.equal(esm);
    });
  });

// Builds the packages, each after those that it needs: CommonJS with types by the compiler, and one ES module.
import { build } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');

for (const name of ['sigma', 'sigma-elasticsearch']) {
  const folder = join(dirname(fileURLToPath(import.meta.url)), name);
  const esm = join(folder, 'dist', 'esm');
  rmSync(join(folder, 'dist'), { recursive: true, force: true });
  execFileSync(process.execPath, [compiler, '-p', folder], { stdio: 'inherit' });
  await build({
    entryPoints: [join(folder, 'src', 'index.ts')],
    outfile: join(esm, 'index.mjs'),
    bundle: true,
    format: 'esm',
    target: 'es2023',
    packages: 'external',
    tsconfigRaw: '{}',
    sourcemap: true,
  });
  // The types are those of CommonJS: the same names, no default export.
  writeFileSync(join(esm, 'index.d.mts'), "export * from '../cjs/index.js';\n");
}

// Writes what the packages' pages say of them: the API reference, from their comments, and their size. With `--check` it says what is out of date.
import { build } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const PACKAGES = dirname(fileURLToPath(import.meta.url));
const check = process.argv.includes('--check');
const stale = [];

/** Kilobytes of an ES module in a bundle for browsers, minified and compressed, with what it depends on or without. */
async function kilobytes(folder, external) {
  const entry = join(folder, 'dist/esm/index.mjs');
  const settings = { bundle: true, format: 'esm', platform: 'browser', minify: true, write: false, logLevel: 'error' };
  const packages = external ? 'external' : 'bundle';
  const { outputFiles } = await build({ entryPoints: [entry], ...settings, packages });
  return Math.round(gzipSync(outputFiles[0].contents).length / 1000);
}

function put(path, written) {
  let current;
  try {
    current = readFileSync(path, 'utf8');
  } catch {
    // It is not there yet.
  }
  if (current === written) return;
  if (check) stale.push(relative(process.cwd(), path));
  else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, written);
  }
}

for (const name of ['sigma', 'sigma-elasticsearch']) {
  const folder = join(PACKAGES, name);
  const out = mkdtempSync(join(tmpdir(), 'tollgate-api-'));
  try {
    const options = [
      '--options',
      join(folder, 'typedoc.json'),
      '--out',
      out,
      '--logLevel',
      'Warn',
      '--treatWarningsAsErrors',
    ];
    execFileSync('npx', ['--no-install', 'typedoc', ...options], { stdio: 'inherit' });
    put(join(folder, 'docs', 'api.md'), readFileSync(join(out, 'api.md'), 'utf8'));
  } finally {
    rmSync(out, { recursive: true });
  }
  const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const [own, all] = [await kilobytes(folder, true), await kilobytes(folder, false)];
  const size =
    `${own} kB, ${all} kB with what it depends on: minified, compressed by gzip, as one ES module. ` +
    `It depends on ${Object.keys(dependencies)
      .map((each) => `\`${each}\``)
      .join(', ')}.`;
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  const marks = /(<!-- generated:size -->)[^]*(<!-- \/generated:size -->)/;
  put(join(folder, 'README.md'), readme.replace(marks, `$1\n\n${size}\n\n$2`));
}

if (stale.length > 0) {
  process.stderr.write(`out of date: ${stale.join(', ')}; run \`npm run build && npm run api\`\n`);
  process.exitCode = 1;
}

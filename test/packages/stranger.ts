import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const ROOT = join(__dirname, '../..');

/** An empty project of somebody else, into which packages are installed from the archives that `npm pack` makes. */
export class Stranger {
  readonly folder = mkdtempSync(join(tmpdir(), 'tollgate-package-'));

  /** Installs packages of this repository by their folders, and beside them what they declare to depend on, and nothing else. */
  constructor(...packages: string[]) {
    const names = packages.map((each) => this.install(join(ROOT, each)));
    const needed = names.flatMap((name) => Object.keys(this.manifest(name).dependencies ?? {}));
    for (const name of new Set(needed)) {
      if (names.includes(name)) continue;
      mkdirSync(dirname(this.modules(name)), { recursive: true });
      symlinkSync(join(ROOT, 'node_modules', name), this.modules(name), 'junction');
    }
    this.write('package.json', '{"type": "module"}');
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  /** The output of a command that is run in the project. Throws where it fails. */
  run(command: string, ...args: string[]): string {
    return execFileSync(command, args, { cwd: this.folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  }

  /** Compiles files, by their names, strictly, with no types around but those of the packages. Throws where one has a wrong type. */
  compile(files: Record<string, string>): void {
    for (const [file, code] of Object.entries(files)) this.write(file, code);
    const compilerOptions = { strict: true, module: 'nodenext', target: 'es2023', lib: ['es2023', 'dom'], types: [] };
    this.write('tsconfig.json', JSON.stringify({ compilerOptions, files: Object.keys(files) }));
    this.run(process.execPath, join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', '.');
  }

  close(): void {
    rmSync(this.folder, { recursive: true });
  }

  private modules(name: string): string {
    return join(this.folder, 'node_modules', name);
  }

  private manifest(name: string): { dependencies?: Record<string, string> } {
    return JSON.parse(readFileSync(join(this.modules(name), 'package.json'), 'utf8')) as ReturnType<
      Stranger['manifest']
    >;
  }

  private install(folder: string): string {
    const { name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name: string };
    const packed = mkdtempSync(join(tmpdir(), 'tollgate-packed-'));
    try {
      execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', packed], {
        cwd: folder,
        stdio: 'ignore',
      });
      mkdirSync(this.modules(name), { recursive: true });
      const [archive] = readdirSync(packed);
      execFileSync('tar', ['-xzf', join(packed, archive!), '-C', this.modules(name), '--strip-components', '1']);
    } finally {
      rmSync(packed, { recursive: true });
    }
    return name;
  }
}

/** The example of a page, and what the page says it prints. */
export function exampleOf(page: string): { code: string; output: string } {
  const text = readFileSync(join(ROOT, page), 'utf8');
  const block = (language: string): string => new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(text)![1]!;
  return { code: block('ts'), output: block('text') };
}

import { awsExport } from './content';
import { CFN_LINT, lint, parse, PYTHON } from './tools';

/** `npm run inspect:aws`: has the tools that are there look at the export, and says what they say. */
async function main(): Promise<void> {
  const { files } = awsExport();
  const tell = (text: string) => process.stdout.write(`${text}\n`);
  if (CFN_LINT) {
    const { succeeds, said } = lint(CFN_LINT, files);
    const count = [...files.keys()].filter((path) => path.startsWith('templates/')).length;
    tell(`cfn-lint: ${count} templates, ${succeeds ? 'nothing to say' : said}`);
    if (!succeeds) process.exitCode = 1;
  } else tell('cfn-lint: skipped, TOLLGATE_CFN_LINT is not set');
  if (PYTHON) {
    const { succeeds, said, unknown } = await parse(PYTHON, files);
    tell(`sqlglot: ${said}; ${unknown} (OPTIMIZE, VACUUM) are of no grammar that it has`);
    if (!succeeds) process.exitCode = 1;
  } else tell('sqlglot: skipped, TOLLGATE_PYTHON is not set');
}

void main();

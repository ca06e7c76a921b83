import { load } from 'js-yaml';
import { sentinel } from '../../../tools/export/sentinel';
import { functionName } from '../../../tools/export/sentinel/source';
import { sentinelContent } from './content';
import { Workspace } from './workspace';

/** `npm run bind:sentinel`: parses and binds every function, rule and hunting query over both kinds of tables, and says what is wrong. */
function main(): void {
  const content = sentinelContent();
  const { files } = sentinel(content);
  const started = Date.now();
  let wrong = 0;
  for (const native of [false, true]) {
    const workspace = new Workspace(content, native);
    const counts = { functions: 0, rules: 0, hunts: 0 };
    const tell = (what: string, messages: string[]) => {
      wrong += messages.length;
      for (const message of messages) process.stdout.write(`${what}: ${message}\n`);
    };
    for (const contract of content.contracts.values()) {
      counts.functions++;
      tell(functionName(contract), workspace.bindParser(contract));
    }
    for (const [path, text] of files) {
      const [folder] = path.split('/');
      if (folder !== 'analytic-rules' && folder !== 'hunting-queries') continue;
      counts[folder === 'analytic-rules' ? 'rules' : 'hunts']++;
      tell(path, workspace.bind((load(text) as { query: string }).query));
    }
    const over = native ? "connectors' tables where there are some" : 'own tables';
    process.stdout.write(
      `${over}: ${counts.functions} functions, ${counts.rules} rules, ${counts.hunts} hunting queries\n`,
    );
  }
  process.stdout.write(`${wrong} errors, ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
  if (wrong > 0) process.exitCode = 1;
}

main();

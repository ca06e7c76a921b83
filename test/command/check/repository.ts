import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { rule } from './content';

/** For a `describe`: a folder laid out as a repository, with a good rule, a broken one and a scenario; and what writes into it. */
export function repository(): { folder: string; write: (path: string, text: string) => void } {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write('rules/shop/shop_failed.yml', rule());
  write('rules/shop/broken_rule.yml', 'title: [\n');
  write('datasets/benign/outage.yml', 'title: Outage\n');
  after(() => rmSync(folder, { recursive: true }));
  return { folder, write };
}

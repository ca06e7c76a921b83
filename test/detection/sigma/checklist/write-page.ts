import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withChecklist } from './page';

// `npm run support` writes the checklist into docs/sigma.md.
const path = join(__dirname, '../../../../docs/sigma.md');
writeFileSync(path, withChecklist(readFileSync(path, 'utf8')));

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './imports';
import { PAGE, pageWithPicture } from './page';

const path = join(ROOT, PAGE);
writeFileSync(path, pageWithPicture(readFileSync(path, 'utf8')));

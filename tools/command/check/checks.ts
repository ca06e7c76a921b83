import { actsCheck } from './acts';
import { basesCheck } from './bases';
import { casesCheck } from './cases';
import type { Check } from './content';
import { evidenceCheck } from './evidence';
import { fieldsCheck } from './fields';
import { fileNamesCheck } from './file-names';
import { filtersCheck } from './filters';
import { groupsCheck } from './groups';
import { idsCheck } from './ids';
import { literalsCheck } from './literals';
import { parametersCheck } from './parameters';
import { platformsCheck } from './platforms';
import { queriesCheck } from './queries';
import { scenariosCheck } from './scenarios';
import { tagsCheck } from './tags';

/** Every check on the meaning of rules, queries and cases; their form is `schemaCheck`'s, and contracts and datasets are checked where they are loaded. */
export const CHECKS: Check[] = [
  fieldsCheck,
  groupsCheck,
  evidenceCheck,
  literalsCheck,
  tagsCheck,
  idsCheck,
  basesCheck,
  fileNamesCheck,
  platformsCheck,
  filtersCheck,
  parametersCheck,
  scenariosCheck,
  queriesCheck,
  casesCheck,
  actsCheck,
];

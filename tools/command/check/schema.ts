import { schemaDiagnostics } from '../../foundation/content/schema';
import type { Check } from './content';

export const schemaCheck: Check = {
  name: 'schema',
  what: 'Rules and cases have the keys and the kinds of values that their JSON Schema demands.',
  run: ({ rules, cases, isJudged }) => [
    ...rules.filter(({ file }) => isJudged(file)).flatMap((document) => schemaDiagnostics('rule', document)),
    ...cases.filter(({ file }) => isJudged(file)).flatMap((document) => schemaDiagnostics('cases', document)),
  ],
};

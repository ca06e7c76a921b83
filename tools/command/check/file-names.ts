import { basename, extname } from 'node:path';
import type { Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import type { Check } from './content';

export const fileNamesCheck: Check = {
  name: 'file-names',
  what: 'Files of rules and queries have lower-case names of 10 to 70 characters: with underscores, as in Sigma, or for queries with hyphens.',
  run: ({ rules, queries }) => {
    const namesOf = (documents: YamlDocument[]): Set<string> => new Set(documents.map(({ file }) => file));
    return [
      ...[...namesOf(rules)].flatMap((file) => badName(file, /^[a-z0-9_]{10,70}$/, 'underscores')),
      ...[...namesOf(queries)].flatMap((file) => badName(file, /^[a-z0-9-]{10,70}$/, 'hyphens')),
    ];
  },
};

function badName(file: string, form: RegExp, joint: string): Diagnostic[] {
  const name = basename(file);
  if (extname(name) === '.yml' && form.test(basename(name, '.yml'))) return [];
  return [
    {
      file,
      line: 1,
      column: 1,
      severity: 'error',
      code: 'file-name',
      message: `'${name}' is not of the form that file names have here`,
      hint: `use 10 to 70 lower-case letters, digits and ${joint}, then .yml`,
    },
  ];
}

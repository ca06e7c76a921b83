import { basename, extname } from 'node:path';
import type { Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import { isMap } from '@tollgate/sigma/values/map';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import { Reporter } from '@tollgate/sigma/rules/reporter';
import { contentName } from '../../foundation/content/find';
import type { Check } from './content';
import { formerNames } from './former-names';

export const fileNamesCheck: Check = {
  name: 'file-names',
  what: "Files of rules and queries have lower-case names of 10 to 70 characters, with underscores. A rule's file is called as its rule, and none as another was before.",
  run: ({ rules, queries }) => {
    const documents = [...rules, ...queries];
    return [...filesOf(documents).flatMap(badForm), ...rules.flatMap(otherName), ...usedAgain(documents)];
  },
};

function filesOf(documents: YamlDocument[]): string[] {
  return [...new Set(documents.map(({ file }) => file))];
}

function badForm(file: string): Diagnostic[] {
  const name = basename(file);
  if (extname(name) === '.yml' && /^[a-z0-9_]{10,70}$/.test(basename(name, '.yml'))) return [];
  return [
    {
      file,
      line: 1,
      column: 1,
      severity: 'error',
      code: 'file-name',
      message: `'${name}' is not of the form that file names have here`,
      hint: 'use 10 to 70 lower-case letters, digits and underscores, then .yml',
    },
  ];
}

/** The rule of a file is the one with a section of ours; others there are its parts. */
function otherName(document: YamlDocument): Diagnostic[] {
  const { value, file } = document;
  if (!isMap(value) || !isMap(value['tollgate']) || typeof value['name'] !== 'string') return [];
  if (value['name'] === contentName(file)) return [];
  const reporter = new Reporter(document);
  const hint = `name the rule or the file anew, and put the file's former name under tollgate.formerly`;
  reporter.error(
    'file-name',
    ['name'],
    `the rule is called '${value['name']}', but its file is ${basename(file)}`,
    hint,
  );
  return reporter.diagnostics;
}

/** A former name leads to one file only. */
function usedAgain(documents: YamlDocument[]): Diagnostic[] {
  const fileOf = new Map(filesOf(documents).map((file) => [contentName(file), file]));
  return documents.flatMap((document) =>
    formerNames(document.value).flatMap((name, index) => {
      const taken = fileOf.get(name);
      fileOf.set(name, document.file);
      if (taken === undefined) return [];
      const reporter = new Reporter(document);
      const path = ['tollgate', 'formerly', index];
      reporter.error(
        'file-name',
        path,
        `'${name}' is a name of ${taken}, too`,
        'a name leads to one file: leave it out here',
      );
      return reporter.diagnostics;
    }),
  );
}

import { sectionOf } from '../../detection/rules/section';
import { Reporter } from '@tollgate/sigma/rules/reporter';
import { documentOf, mapAt, textsAt, type Check } from './content';

export const basesCheck: Check = {
  name: 'bases',
  what: 'A rule either alerts on its own, with a section tollgate, or is the base of a correlation.',
  run: (content) => {
    // As written, so that an error in the correlation does not make its bases look unused as well.
    const used = new Set(content.rules.flatMap((document) => referencesOf(document.value)));
    return content.sigma.flatMap((rule) => {
      if (sectionOf(rule) || used.has(rule.id) || used.has(rule.name ?? '')) return [];
      const reporter = new Reporter(documentOf(content, rule));
      const hint = 'add the section tollgate, refer to it from a correlation, or delete it';
      reporter.error(
        'unused-base',
        ['title'],
        'has no section tollgate, and no correlation refers to it: it would never alert',
        hint,
        'key',
      );
      return reporter.diagnostics;
    });
  },
};

function referencesOf(value: unknown): string[] {
  const section = mapAt(value, 'correlation');
  const one = section['rules'];
  return typeof one === 'string' ? [one] : textsAt(section, 'rules').map(({ text }) => text);
}

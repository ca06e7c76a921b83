import { isMap } from '@tollgate/sigma/values/map';
import { Reporter } from '@tollgate/sigma/rules/reporter';
import { placeholdersOf } from '@tollgate/sigma/rules/templates';
import { FOLDERS } from './layout';
import { type Check } from './content';

export const filtersCheck: Check = {
  name: 'filters',
  what: 'Filters that a site fills stand in the folder filters, and have a placeholder, so that they change nothing before.',
  run: ({ rules }) =>
    rules
      .filter(({ file }) => file.split(/[\\/]/).includes(FOLDERS.filters))
      .flatMap((document) => {
        const reporter = new Reporter(document);
        const section = isMap(document.value) ? document.value['filter'] : undefined;
        if (section === undefined)
          reporter.error('not-a-filter', [], 'only filters stand in this folder', 'move it to rules');
        else if (placeholdersOf(section).length === 0)
          reporter.error(
            'no-placeholder',
            ['filter'],
            'this filter has no placeholder, so that it would change the rules of whoever copies it',
            'write its values as `field|expand: "%name%"`, or move it beside the rules',
            'key',
          );
        return reporter.diagnostics;
      }),
};

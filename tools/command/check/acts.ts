import { didYouMean } from '@tollgate/sigma/diagnostics/suggest';
import { Reporter } from '@tollgate/sigma/rules/reporter';
import { mapAt, textsAt, type Check } from './content';

export const actsCheck: Check = {
  name: 'acts',
  what: 'Each act that a rule or query names under `tollgate.acts` stands in a file of acts.',
  run: ({ rules, queries, acts, isJudged }) =>
    [...rules, ...queries]
      .filter(({ file }) => isJudged(file))
      .flatMap((document) => {
        const reporter = new Reporter(document);
        for (const { text, index } of textsAt(mapAt(document.value, 'tollgate'), 'acts'))
          if (!acts.has(text))
            reporter.error(
              'unknown-act',
              ['tollgate', 'acts', index],
              `there is no act '${text}'`,
              didYouMean(text, acts),
            );
        return reporter.diagnostics;
      }),
};

import { didYouMean, nearest } from '@tollgate/sigma/diagnostics/suggest';
import { Reporter } from '@tollgate/sigma/rules/reporter';
import { TACTICS, techniques } from './attack-ids';
import { textsAt, type Check } from './content';

export const tagsCheck: Check = {
  name: 'tags',
  what: "Tags of ATT&CK name a tactic, a technique, a group or a software of it: a technique that there is not is nobody's coverage.",
  run: ({ rules, queries, isJudged }) =>
    [...rules, ...queries]
      .filter(({ file }) => isJudged(file))
      .flatMap((document) => {
        const reporter = new Reporter(document);
        for (const { text, index } of textsAt(document.value, 'tags')) {
          const [, name] = /^attack\.(.+)$/.exec(text) ?? [];
          if (name === undefined || isKnown(name)) continue;
          const message = `ATT&CK for Enterprise 18.1 has no '${name}'`;
          reporter.error('unknown-tag', ['tags', index], message, hintFor(name));
        }
        return reporter.diagnostics;
      }),
};

/** Groups and software are so many, and change so often, that only their form is looked at. */
function isKnown(name: string): boolean {
  return TACTICS.has(name.replaceAll('_', '-')) || techniques().has(name) || /^[gs]\d{4}$/.test(name);
}

function hintFor(name: string): string {
  if (!/^t\d/.test(name)) return didYouMean(name, TACTICS);
  const near = nearest(name, techniques());
  const hint = 'see https://attack.mitre.org/techniques/; techniques that were revoked have others in their place';
  return near === undefined ? hint : `did you mean '${near}'? ${hint}`;
}

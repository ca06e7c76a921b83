import { existsSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { isMap } from '@tollgate/sigma/values/map';
import { platformOf, type Act, type ActFile, type MoneyBack } from '../../detection/acts/act';
import { findYaml } from '../../foundation/content/find';
import { loadYaml } from '../../foundation/content/load-yaml';
import { address, fenced, link, plain, prose } from '../../foundation/content/markdown';
import { mapAt, textsAt } from '../check/content';
import { markdownTable } from './markdown-table';

/** A rule or query that names an act; its path from the repository's root. */
export interface Naming {
  title: string;
  path: string;
}

const INDEX = `<!-- Generated from acts by \`npm run sources\`. Change it there. -->

# Responding

What to do on an alert, platform by platform. Each rule and query says first what to check (\`tollgate.response\`), then names its acts in the order in which to do them (\`tollgate.acts\`). These pages give, for each act, the steps in the console
or the API call, how to undo it, what it costs honest users, and the vendor's page that documents it.

1. **Stop the loss**: take the mildest act that covers the number ranges, countries or clients of the alert. Every minute costs money, and most acts can be undone in a minute.
2. **Find the way in**: the form, the key or the changed setting. If somebody else holds a key or an account, revoke it before you restore any setting.
3. **Undo** what stopped honest users, once the [conversion rate](../glossary.md) is back to normal.
4. **Claim** the money back, with the ids of the messages that the alert lists. Some vendors set a deadline.`;

/** Every page below \`docs/respond\`, by its file name: one a platform, and the index. */
export function respondPages(files: readonly ActFile[], namings: ReadonlyMap<string, Naming[]>): Map<string, string> {
  const rows = files.map((file) => [
    link(file.title, `${file.platform}.md`),
    String(file.acts.length),
    claimState(file.claim),
  ]);
  const table = markdownTable(['platform', 'acts', 'money back'], rows).join('\n');
  return new Map([
    ['README.md', `${INDEX}\n\n${table}\n`],
    ...files.map((file): [string, string] => [`${file.platform}.md`, platformPage(file, namings)]),
  ]);
}

/** Act → the rules and queries below a repository's root that name it, in the order of their files. */
export function namingsOf(root: string): Map<string, Naming[]> {
  const folders = ['rules', 'queries'].map((folder) => join(root, folder)).filter((folder) => existsSync(folder));
  const namings = new Map<string, Naming[]>();
  for (const file of findYaml(folders))
    for (const { value } of loadYaml(file).documents)
      for (const { text } of textsAt(mapAt(value, 'tollgate'), 'acts')) {
        const title = isMap(value) ? String(value['title']) : '';
        const naming = { title, path: relative(root, file).split(sep).join('/') };
        namings.set(text, [...(namings.get(text) ?? []), naming]);
      }
  return namings;
}

function platformPage({ platform, title, acts, claim }: ActFile, namings: ReadonlyMap<string, Naming[]>): string {
  const rows = acts.map(({ id, title: what, when }) => [`[${plain(what)}](#${anchorOf(id)})`, prose(when)]);
  const blocks = [
    `<!-- Generated from acts/${platform}.yml by \`npm run sources\`. Change it there. -->`,
    `# Responding: ${plain(title)}`,
    `What an alert can ask you to do on this platform; [Responding](README.md) says in which order. Replace what is in \`<angle brackets>\`.`,
    markdownTable(['act', 'when'], rows).join('\n'),
    ...acts.map((act) => actBlock(act, namings.get(act.id) ?? [])),
    '<a id="claim"></a>',
    '## Claim the money back',
    prose(claim.how),
    ...(claim.reference ? [address(claim.reference)] : []),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** Where an act stands on its platform's page. */
export function anchorOf(id: string): string {
  return id.slice(platformOf(id).length + 1);
}

function actBlock(act: Act, namings: Naming[]): string {
  const doubt =
    act.evidence === 'unverified' ? ' **Not verified** in every detail; the text says what is in doubt.' : '';
  const named = namings.map(({ title, path }) => link(title, `../../${path}`)).join('; ');
  const blocks = [
    `<a id="${anchorOf(act.id)}"></a>`,
    `## ${plain(act.title)}`,
    `\`${act.id}\`: ${prose(act.when)}`,
    ...(act.console ? [prose(act.console)] : []),
    ...(act.call ? [fenced('text', act.call)] : []),
    [
      `- **Undo**: ${prose(act.undo)}`,
      `- **Cost to honest users**: ${prose(act.cost)}`,
      `- **Documented**: ${address(act.reference)}.${doubt}`,
      ...(named ? [`- **Asked for by**: ${named}`] : []),
    ].join('\n'),
  ];
  return blocks.join('\n\n');
}

function claimState({ evidence }: MoneyBack): string {
  return evidence === 'documented' ? 'documented' : 'no documented way';
}

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

What to do on an alert, platform by platform. Each rule and query names its acts in the order of doing (\`tollgate.acts\`), after one judgement of its own (\`tollgate.response\`); each act
stands here with the way through the console or the call, how it is undone, what honest users lose by it, and the vendor's page that documents it.

1. **Stop the loss**: the mildest act that covers the number ranges, countries or clients of the alert. Minutes cost money, and most acts are undone in one.
2. **Find the way in**: the form, the key or the changed setting. Where a key or an account is in other hands, take it away before you set anything back.
3. **Undo** what stopped honest users, once [conversion rate](../glossary.md) is back.
4. **Claim** the money, with the ids of the messages that the alert lists. Some vendors count the days.`;

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
    `What an alert can ask you to do here. How to read it: [Responding](README.md). What stands in \`<angle brackets>\` is yours to fill in.`,
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
  const doubt = act.evidence === 'unverified' ? ' **Not verified** in every part, as the text says.' : '';
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
      ...(named ? [`- **Named by**: ${named}`] : []),
    ].join('\n'),
  ];
  return blocks.join('\n\n');
}

function claimState({ evidence }: MoneyBack): string {
  return evidence === 'documented' ? 'documented' : 'no documented way';
}

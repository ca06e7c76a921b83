import { existsSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { jsonOf } from '@tollgate/sigma/values/json';
import { contentName, findYaml } from '../../foundation/content/find';
import { loadYaml } from '../../foundation/content/load-yaml';
import { address, code, link } from '../../foundation/content/markdown';
import type { Contract, Evidence } from '../../telemetry/contract';
import { OWN } from '../../telemetry/values';
import { literalsOf, standing, type UsedLiteral } from '../check/used-literals';
import { markdownTable } from './markdown-table';

/** One literal, and where it is used: paths from the repository's root. */
interface Entry {
  literal: UsedLiteral;
  files: Set<string>;
}

const INTRODUCTION = `<!-- Generated from rules, queries and schemas/telemetry by \`npm run sources\`. Change it there. -->

# Literals

Every value with which a rule or query compares a field, and where it is documented. The vendor chooses these values. A rule that compares with a value that the vendor never writes finds nothing, and no test on
constructed records shows that. So each field of a contract says where its values are documented (\`values\`), and \`tollgate validate\` keeps a rule with an undocumented value at \`experimental\`.

A literal that is compared with part of a value (\`startswith\`, \`contains\`, \`endswith\`, \`re\`) has the source of the values that it finds.`;

const EXEMPT = `## What needs no source

- \`null\`, \`exists\`, empty texts, wildcards alone, networks, times, placeholders and comparisons with another field, which contain no word of a vendor's.
- Fields that are computed from a number or from the site's own table, such as \`destination.country\` and \`asset.id\`.
- Fields whose values the contract calls the site's own, or an amount to which a rule sets a threshold:`;

/** The page `docs/literals.md` over the rules and queries below a repository's root. */
export function literalsPage(root: string, contracts: ReadonlyMap<string, Contract>): string {
  const entries = entriesOf(root, contracts);
  const without = entries.filter(({ literal }) => standing(literal) === 'unverified');
  const blocks = [
    INTRODUCTION,
    '## Without a source',
    without.length === 0
      ? 'None.'
      : table(
          ['log source', 'field', 'literal', 'used by'],
          without.map((entry) => [code(entry.literal.contract.id), field(entry), literal(entry), users(entry)]),
        ),
    ...[...contracts.values()].flatMap((contract) => sourceBlocks(contract, entries)),
    EXEMPT,
    table(['log source', 'field', 'its values are'], [...contracts.values()].flatMap(exemptRows)),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function entriesOf(root: string, contracts: ReadonlyMap<string, Contract>): Entry[] {
  const folders = ['rules', 'queries'].map((folder) => join(root, folder)).filter((folder) => existsSync(folder));
  const entries = new Map<string, Entry>();
  for (const file of findYaml(folders))
    for (const document of loadYaml(file).documents)
      for (const used of literalsOf(document, contracts)) {
        const key = jsonOf([used.contract.id, used.field, used.modifiers, used.value]);
        if (!entries.has(key)) entries.set(key, { literal: used, files: new Set() });
        entries.get(key)!.files.add(relative(root, file).split(sep).join('/'));
      }
  return [...entries.values()];
}

function sourceBlocks(contract: Contract, entries: Entry[]): string[] {
  const order = Object.keys({ ...contract.fields, ...contract.derived });
  const own = entries
    .filter((entry) => entry.literal.contract.id === contract.id)
    .sort((a, b) => order.indexOf(a.literal.field) - order.indexOf(b.literal.field));
  if (own.length === 0) return [];
  const rows = own.map((entry) => [field(entry), literal(entry), users(entry), sources(entry), evidence(entry)]);
  return [
    `## ${link(contract.id, `sources/${contract.id}.md`)}`,
    table(['field', 'literal', 'used by', 'source', 'evidence'], rows),
  ];
}

function field({ literal: { field: name, modifiers } }: Entry): string {
  return code([name, ...modifiers].join('|'));
}

function literal({ literal: { value } }: Entry): string {
  return code(typeof value === 'string' ? value : jsonOf(value));
}

function users({ files }: Entry): string {
  return [...files].map((file) => link(contentName(file), `../${file}`)).join(', ');
}

function sources({ literal: used }: Entry): string {
  const all = new Set(used.known.flatMap(({ source }) => source ?? []));
  return [...all].map((source) => (source === OWN ? 'the contract itself' : address(source))).join(', ') || 'none';
}

const EVIDENCE: Record<Evidence, string> = {
  documented: 'documented',
  third_party: 'from a third party',
  unverified: '**not verified**',
};

function evidence({ literal: used }: Entry): string {
  return EVIDENCE[standing(used)];
}

function exemptRows({ id, fields, derived }: Contract): string[][] {
  return Object.entries({ ...fields, ...derived }).flatMap(([name, { values }]) =>
    typeof values === 'string' ? [[code(id), code(name), values === 'site' ? "the site's own" : 'an amount']] : [],
  );
}

function table(head: string[], rows: string[][]): string {
  return markdownTable(head, rows).join('\n');
}

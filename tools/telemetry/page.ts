import { LEFT_OUT } from './left-out';
import { address, code, fenced, link, plain, prose } from '../foundation/content/markdown';
import { assetFields, type Contract, type DerivedField, type Derivation, type Evidence, type Field } from './contract';
import { formBlocks, type SilentForms } from './form-page';
import type { Reader } from './readers';
import { closedValues } from './values';

const NOTICE = (source: string): string => `<!-- Generated from ${source} by \`npm run sources\`. Change it there. -->`;

const EVIDENCE: Record<Evidence, string> = {
  documented: 'documented',
  third_party: 'told by a third party',
  unverified: '**not verified**',
};

/**
 * The Markdown page of one log source, `docs/sources/<id>.md`; `readers`: the rules and queries that read it; `silent`: those that find nothing
 * in some form of it.
 */
export function sourcePage(contract: Contract, readers: Reader[] = [], silent: SilentForms = new Map()): string {
  const { id, title, description, enabled, guide, delay, never, doubts } = contract;
  return document([
    NOTICE(`schemas/telemetry/${id}.yml`),
    `# ${plain(title)}`,
    `${code(id)} · Sigma log source: ${logsourceCode(contract)}`,
    prose(description),
    facts([
      ['On by default', enabled.byDefault ? 'yes' : 'no'],
      [
        'Delay',
        `${duration(delay.typical)} typically, ${duration(delay.worst)} at worst (${EVIDENCE[delay.evidence]})`,
      ],
      ['Retention', prose(contract.retention)],
      ['Time', `${code(contract.time.field)} (${TIME_FORMAT[contract.time.format]})`],
      ['Asset', code(contract.roles.asset)],
      ['Identity', role(contract.roles.identity)],
      ['Destination', role(contract.roles.destination)],
    ]),
    '## What it never sees',
    list(never.map(prose)),
    '## How to turn it on',
    prose(enabled.how),
    guide && prose(guide.trim()),
    doubts && '## What is in doubt',
    doubts && list(doubts.map(prose)),
    '## What reads it',
    readers.length > 0 ? readerTable(readers) : 'No rule and no query does.',
    ...formBlocks(contract, readers, silent),
    '## Fields',
    'A rule that reads a field which is not verified stays `experimental`.',
    fieldTable(contract.fields),
    '### Derived while ingesting',
    'How a deployment gets them: [Log sources](README.md#derived-fields).',
    derivedTable(contract.derived),
    '## Example',
    'Constructed from the documented shape; its values belong to nobody.',
    fenced('json', JSON.stringify(contract.example, null, 2)),
    '## Sources',
    list(contract.references.map(address)),
  ]);
}

/** The page over all log sources, `docs/sources/README.md`; also how `asset.id` and the other derived fields come about. */
export function indexPage(contracts: Iterable<Contract>): string {
  const all = [...contracts];
  return document([
    NOTICE('schemas/telemetry'),
    '# Log sources',
    'What each log documents, and what it never holds. Every rule and query belongs to one of them.',
    markdownTable(
      ['source', 'identity', 'destination', 'on by default', 'at worst after'],
      all.map((contract) => [
        link(contract.id, `${contract.id}.md`),
        role(contract.roles.identity),
        role(contract.roles.destination),
        contract.enabled.byDefault ? 'yes' : 'no',
        duration(contract.delay.worst),
      ]),
    ),
    '## Derived fields',
    DERIVED_FIELDS,
    markdownTable(
      ['source', '`asset.id` is looked up by'],
      all.map(({ id, derived }) => [code(id), assetOf(derived['asset.id']!)]),
    ),
    ASSET_LOOKUP,
    LEFT_OUT,
  ]);
}

const TIME_FORMAT: Record<Contract['time']['format'], string> = {
  iso8601: 'ISO 8601',
  epoch_millis: 'epoch milliseconds',
  sns: 'YYYY-MM-DD hh:mm:ss.mmm, UTC',
};

const DERIVED_FIELDS = `Each event has \`@timestamp\` (when it happened) and \`event.ingested\` (when the log delivered it). These are computed, too:

| field | value |
|---|---|
| \`destination.number\` | the E.164 number, under one name in all sources |
| \`destination.country\` | ISO 3166-1 country of the longest prefix that is assigned, with the area codes of +1 and +7, so that +1 876 is Jamaica; \`001\` for codes of no country, such as satellites |
| \`destination.block\` | the number less its last four digits: 10,000 neighbours |
| \`destination.range\` | the number less its last six digits: a million neighbours, in a hundred blocks |
| \`destination.suffix\` | the last four digits |
| \`asset.id\` | the product: what correlates its web form, its AWS account and its Twilio account |

A number that is not E.164 gets none of the first five but its copy. \`tollgate export\` writes what each platform needs to
compute them.

### Whose asset?

A vendor's record knows its own account or host, not your product. Which belongs to which only you know, so it comes from a
table of yours; what the table does not hold is its own asset, which keeps rules working on the first day, one source at a
time. An asset that a record came with stays. A record that names none is of the source's own asset, such as \`aws.sns\`, so that no rule is silent for that: if you have several
accounts, their records are then one asset's until you name them while shipping. Where files are read, \`--asset-id\` says whose all of their
records are.`;

const ASSET_LOOKUP = `In Elasticsearch, an enrich policy over an index that holds the table does it (not run by this repository's tests):

\`\`\`
PUT /tollgate-assets/_bulk?refresh
{"index": {}}
{"key": "111122223333", "asset": "shop"}
{"index": {}}
{"key": "app.example", "asset": "shop"}

PUT /_enrich/policy/tollgate-assets
{"match": {"indices": "tollgate-assets", "match_field": "key", "enrich_fields": ["asset"]}}

POST /_enrich/policy/tollgate-assets/_execute

PUT /_ingest/pipeline/tollgate-asset-aws
{"processors": [
  {"set": {"field": "asset.id", "copy_from": "recipientAccountId", "ignore_empty_value": true}},
  {"set": {"field": "asset.id", "value": "aws.cloudtrail", "override": false}},
  {"enrich": {"policy_name": "tollgate-assets", "field": "asset.id", "target_field": "found", "max_matches": 1}},
  {"set": {"field": "asset.id", "copy_from": "found.asset", "ignore_empty_value": true}},
  {"remove": {"field": "found", "ignore_missing": true}}
]}
\`\`\`

In Splunk it is a lookup (\`eval key=coalesce(recipientAccountId, "aws.cloudtrail") | lookup tollgate_assets key OUTPUT asset\`), in Sentinel a watchlist, in SQL a
join.`;

function readerTable(readers: Reader[]): string {
  const rows = readers.map(({ title, path, moment, level }) => [
    link(title, `../../${path}`),
    plain(moment),
    plain(level),
  ]);
  return markdownTable(['rule or query', 'moment', 'level'], rows);
}

function fieldTable(fields: Record<string, Field>): string {
  const rows = Object.entries(fields).map(([name, field]) => [
    code(name),
    typeText(field),
    meaning(field),
    EVIDENCE[field.evidence],
    field.ecs === undefined ? '' : code(field.ecs),
  ]);
  return markdownTable(['field', 'type', 'meaning', 'evidence', 'ECS'], rows);
}

function assetOf({ derive }: DerivedField): string {
  return derive.how === 'asset' ? assetKeys(derive) : derivation(derive);
}

/** What names an asset, in the order in which it is looked at. */
function assetKeys(derive: Derivation & { how: 'asset' }): string {
  return [...assetFields(derive).map(code), "the source's id"].join(', or else ');
}

function derivedTable(fields: Record<string, DerivedField>): string {
  const rows = Object.entries(fields).map(([name, field]) => [
    code(name),
    typeText(field),
    meaning(field),
    EVIDENCE[field.evidence],
    derivation(field.derive),
  ]);
  return markdownTable(['field', 'type', 'meaning', 'evidence', 'computed'], rows);
}

function derivation(derive: Derivation): string {
  if (derive.how === 'asset') return `${assetKeys(derive)}, looked up in your table of assets`;
  const from = code(derive.from);
  switch (derive.how) {
    case 'country':
      return `country of ${from}`;
    case 'block':
      return `${from} less its last four digits`;
    case 'range':
      return `${from} less its last six digits`;
    case 'suffix':
      return `last four digits of ${from}`;
    case 'number':
      return `${from} as a number`;
    case 'copy':
      return `copy of ${from}`;
    case 'address':
      return `${from} without its channel`;
    case 'first':
      return `${from}, or else the first of ${code(String(derive.or))}`;
    case 'picked':
      return `${from} where ${code(derive.by)} is ${code(String(derive.is))}`;
    case 'changed':
      return `names in ${from} whose value became ${code(derive.to)}`;
    case 'pairs':
      return `each entry of ${from}`;
    case 'after':
      return `name in ${from} that begins with ${code(derive.prefix)}, less that`;
    default:
      return derive satisfies never;
  }
}

function typeText({ type, list, optional }: Field): string {
  return `${list ? `list of ${type}` : type}${optional ? ', optional' : ''}`;
}

function meaning(field: Field): string {
  const values = field.type === 'boolean' ? null : closedValues(field)?.map((value) => code(String(value)));
  return values ? `${prose(field.meaning)} One of ${values.join(', ')}.` : prose(field.meaning);
}

function role(field: string | null): string {
  return field === null ? 'none' : code(field);
}

function logsourceCode({ logsource }: Contract): string {
  return Object.entries(logsource)
    .map(([part, value]) => code(`${part}: ${value}`))
    .join(', ');
}

/** An ISO 8601 duration in words, such as `72 hours`. */
function duration(iso: string): string {
  const units: Record<string, string> = { D: 'day', H: 'hour', M: 'minute', S: 'second' };
  return [...iso.matchAll(/(\d{1,9})([DHMS])/g)]
    .map(([, count, unit]) => `${count} ${units[unit!]}${count === '1' ? '' : 's'}`)
    .join(' ');
}

function facts(rows: [string, string][]): string {
  return markdownTable(['', ''], rows);
}

function markdownTable(head: string[], rows: string[][]): string {
  const line = (cells: string[]): string =>
    `| ${cells
      .map((cell) =>
        cell
          .replace(/(?<!\\)\|/g, '\\|')
          .replace(/[\r\n]/g, ' ')
          .trim(),
      )
      .join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

function list(items: string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

function document(blocks: (string | undefined)[]): string {
  return `${blocks.filter((block) => block !== undefined).join('\n\n')}\n`;
}

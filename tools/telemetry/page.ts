import { LEFT_OUT } from './left-out';
import { address, code, fenced, link, plain, prose } from '../foundation/content/markdown';
import { assetFields, type Contract, type DerivedField, type Derivation, type Evidence, type Field } from './contract';
import { formBlocks, type SilentForms } from './form-page';
import type { Reader } from './readers';
import { closedValues } from './values';

const NOTICE = (source: string): string => `<!-- Generated from ${source} by \`npm run sources\`. Change it there. -->`;

const EVIDENCE: Record<Evidence, string> = {
  documented: 'documented',
  third_party: 'from a third party',
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
    doubts && '## Open questions',
    doubts && list(doubts.map(prose)),
    '## What reads it',
    readers.length > 0 ? readerTable(readers) : 'No rule or query.',
    ...formBlocks(contract, readers, silent),
    '## Fields',
    'A rule or query that reads an unverified field stays `experimental`.',
    fieldTable(contract.fields),
    '### Derived fields',
    '[Log sources](README.md#derived-fields) says how they are computed.',
    derivedTable(contract.derived),
    '## Example',
    'Made up after the documented format; its values belong to nobody.',
    fenced('json', JSON.stringify(contract.example, null, 2)),
    '## Sources',
    list(contract.references.map(address)),
  ]);
}

/** The page over all log sources, `docs/sources/README.md`; also how `asset.id` and the other derived fields are computed. */
export function indexPage(contracts: Iterable<Contract>): string {
  const all = [...contracts];
  return document([
    NOTICE('schemas/telemetry'),
    '# Log sources',
    'What each log is documented to contain, and what it never does. Every rule and query reads one of them or more.',
    markdownTable(
      ['source', 'identity', 'destination', 'on by default', 'longest delay'],
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

const DERIVED_FIELDS = `Each event has \`@timestamp\` (when it happened) and \`event.ingested\` (when the log delivered it). Besides these, the following fields are computed:

| field | value |
|---|---|
| \`destination.number\` | the E.164 number, under one name in all sources |
| \`destination.country\` | ISO 3166-1 country of the longest assigned prefix, including the area codes of +1 and +7, so that +1 876 is Jamaica; \`001\` for codes that belong to no country, such as those of satellites |
| \`destination.block\` | the number without its last four digits: 10,000 neighbouring numbers |
| \`destination.range\` | the number without its last six digits: a million neighbouring numbers, in a hundred blocks |
| \`destination.suffix\` | the last four digits |
| \`asset.id\` | the product, which ties its web form, its AWS account and its Twilio account together |

A number that is not in E.164 form is only copied to \`destination.number\`; the four fields after it stay empty. \`tollgate export\` writes what each platform needs to compute the fields.

### Which asset?

A vendor's record names an account or a host, not your product. Only you know which belongs to which, so \`asset.id\` comes from a
table that you keep. An account or host that is not in the table is an asset of its own, so rules work from the first day, one source at a
time. A record that already has an \`asset.id\` keeps it. A record that names no account or host gets the source's id, such as \`aws.sns\`, so that no rule falls silent; if you have several
accounts, their records then count as one asset until you set \`asset.id\` where you ship them. When you read files, \`--asset-id\` sets the asset of all their
records.`;

const ASSET_LOOKUP = `In Elasticsearch, put the table into an index and look it up with an enrich policy (this repository's tests do not run it):

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

In Splunk, use a lookup (\`eval key=coalesce(recipientAccountId, "aws.cloudtrail") | lookup tollgate_assets key OUTPUT asset\`), in Sentinel a watchlist, and in SQL a
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
      return `${from} without its last four digits`;
    case 'range':
      return `${from} without its last six digits`;
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
      return `name in ${from} that begins with ${code(derive.prefix)}, without that prefix`;
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

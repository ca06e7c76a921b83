import { code, link, plain, prose } from '../../foundation/content/markdown';
import type { OwnRequests } from '../../evidence/own-logs/run';
import type { Contract } from '../../telemetry/contract';
import { placesOf, type Shape } from '../../telemetry/shape';
import { markdownTable } from './markdown-table';
import { shapeUses, type ShapeUse } from './shape-use';

const HEAD = `<!-- Generated from schemas/shapes by \`npm run sources\`. Change it there. -->

# Shapes: where platforms keep the sources' records

A shape says under which names a platform keeps a source's records: \`schemas/shapes/<platform>/<source>.yml\`. Elastic's serve \`tollgate replay --index\` and are told in full below; [those of other platforms](#other-platforms) serve [exports](export.md) and are listed.

\`tollgate replay --index\` ([In place](own-logs.md#in-place)) looks first for the data streams of the [export](export.md), and then for those that a platform's own integration fills.
Its names are taken from the integration's published field lists and pipelines.

- A **seen** name was read in those files. A **usual** name is one whose type no file gives: if the cluster's own field list lacks the field, rules and queries that need it are refused. The cluster is always asked for a field's
  type.
- No integration has Tollgate's [derived fields](sources/README.md#derived-fields). They are derived from the records that are fetched. If a rule groups by one that the cluster can't group by, all matches are fetched.
- _Checked again_: no query can express the detection exactly on these types, such as a pattern in part of a flattened field. The query finds more than it should; all of it is fetched, and Tollgate decides.
- Case is folded only for ASCII letters. Elastic's integrations do not index texts of more than 1,024 characters, and what they remove, such as empty texts, is not there.`;

/** The Markdown page of what rules and queries can do on the indices of each shape, \`docs/shapes.md\`. */
export function shapesPage(
  shapes: Shape[],
  contracts: ReadonlyMap<string, Contract>,
  requests: OwnRequests,
  root: string,
): string {
  const blocks = shapes.filter(isInFull).flatMap((shape) => {
    const contract = contracts.get(shape.id)!;
    return [
      `## ${plain(shape.title)}`,
      `${link(shape.id, `sources/${shape.id}.md`)} in ${code(shape.index)}, according to ${filesOf(shape)}.`,
      useTable(shapeUses(shape, contract, requests, root)),
      ...(shape.doubts ? [shape.doubts.map((doubt) => `- ${prose(doubt)}`).join('\n')] : []),
      fieldTable(shape, contract),
    ];
  });
  return `${[HEAD, ...blocks, ...otherPlatforms(shapes.filter((shape) => !isInFull(shape)))].join('\n\n')}\n`;
}

/** Of Elastic's the page says what runs on them, since the command for own logs reads these indices. */
function isInFull({ platform }: Shape): boolean {
  return platform === 'elastic';
}

const OTHERS = `## Other platforms

Each export's own page says what it assumes of these, what they lack and why, and which rules and queries do not run on them. *Assumed* is a field of which only the column is documented, and that the vendor's own names stand in it.`;

function otherPlatforms(shapes: readonly Shape[]): string[] {
  const rows = shapes.map((shape) => {
    const places = Object.values(shape.fields).flat();
    const assumed = places.filter(({ evidence }) => evidence === 'unverified').length;
    const lacks = Object.keys(shape.lacks).length;
    return [
      code(shape.platform),
      link(shape.id, `sources/${shape.id}.md`),
      `${plain(shape.title)}, ${code(shape.index)}; <${shape.repository}>`,
      String(Object.keys(shape.fields).length),
      String(assumed),
      String(lacks),
    ];
  });
  return rows.length === 0
    ? []
    : [OTHERS, markdownTable(['platform', 'source', 'where', 'fields', 'assumed', 'lacking'], rows).join('\n')];
}

function filesOf({ repository, files }: Shape): string {
  const names = Object.values(files).map((path) => code(path));
  return `${names.join(', ')} of <${repository}>`;
}

function useTable(uses: ShapeUse[]): string {
  const rows = uses.map((use) => [
    link(use.title, `../${use.path}`),
    stateOf(use),
    use.refused === null ? wayOf(use) : '',
  ]);
  return markdownTable(['rule or query', 'runs', 'how'], rows).join('\n');
}

function stateOf({ refused, usual, differs }: ShapeUse): string {
  if (refused !== null) return `no: ${plain(refused)}`;
  const where =
    usual.length > 0 ? ` where ${usual.map(code).join(' and ')} ${usual.length > 1 ? 'are' : 'is'} there` : '';
  const other = differs.map(({ field, how }) => `; ${code(field)} is ${prose(how)}`).join('');
  return `yes${where}${other}`;
}

function wayOf({ looksAgain, narrowedBy }: ShapeUse): string {
  if (looksAgain) return 'everything that may match is fetched and checked again';
  if (narrowedBy.length === 0) return 'all matches are fetched';
  return `only matches of groups (by ${narrowedBy.map(code).join(' and ')}) that may reach the threshold are fetched`;
}

function fieldTable(shape: Shape, contract: Contract): string {
  const rows = Object.keys(contract.fields).map((name) => {
    const places = placesOf(shape, name);
    if (name === contract.time.field && places.length === 0) return [code(name), code('@timestamp'), 'date', 'seen'];
    if (places.length === 0) return [code(name), `– ${prose(shape.lacks[name] ?? '')}`, '', ''];
    return [
      code(name),
      places.map(({ field }) => code(field)).join(' or '),
      places.map(({ type }) => type).join(' or '),
      places.map(({ evidence }) => evidence).join(' or '),
    ];
  });
  return markdownTable(['field', 'index field', 'type', 'evidence'], rows).join('\n');
}

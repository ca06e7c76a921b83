import { compileQuery } from '@tollgate/sigma-elasticsearch/compile';
import type { Field } from '../../../../tools/telemetry/contract';
import { CHECKLIST } from './checklist';
import { ruleOn, type Feature, type Group } from './feature';
import { sigma } from '../../../../packages/sigma/test/rules/documents';

/** Between these the page is made of the checklist; the rest is written by hand. */
const MARKS = ['<!-- generated:checklist -->', '<!-- /generated:checklist -->'] as const;

/** The page with the checklist of now in it. Throws where a mark is missing. */
export function withChecklist(page: string): string {
  const [before, rest] = page.split(MARKS[0]);
  const after = rest?.split(MARKS[1])[1];
  if (after === undefined) throw new Error(`the page lacks ${MARKS.join(' or ')}`);
  return `${before!}${MARKS[0]}\n\n${CHECKLIST.map(section).join('\n\n')}\n\n${MARKS[1]}${after}`;
}

type Column = [title: string, cell: (feature: Feature) => string];

const COLUMNS: Column[] = [
  ['feature', ({ name }) => name.replaceAll('|', '\\|')],
  ['reader', ({ reads }) => (reads ? 'read' : '')],
  ['memory', ({ detects }) => (detects ? 'exact' : '')],
  ['Elasticsearch, typed', (feature) => exactness(feature, true)],
  ['untyped', (feature) => exactness(feature, false)],
  ['correlator', ({ correlates }) => (correlates ? 'exact' : '')],
  ['warned of as', ({ refuses = [] }) => codes(refuses.filter(({ severity }) => severity === 'warning'))],
  ['refused as', ({ refuses = [] }) => codes(refuses.filter(({ severity }) => severity !== 'warning'))],
  ['specified in', ({ section }) => section],
];

/** A table of the columns in which anything stands. */
function section({ title, features }: Group): string {
  const columns = COLUMNS.filter(([, cell]) => features.some((feature) => cell(feature) !== ''));
  const rows = [columns.map(([name]) => name), ...features.map((feature) => columns.map(([, cell]) => cell(feature)))];
  const widths = columns.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  const line = (cells: string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
  const [head, ...body] = rows.map(line);
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [`### ${title}`, '', head, rule, ...body].join('\n');
}

function codes(refused: { code: string }[]): string {
  return [...new Set(refused.map(({ code }) => `\`${code}\``))].join(', ');
}

/** What Elasticsearch decides alone of a feature's examples, as the compiler says: `exact`, `superset`, or some of both. */
function exactness({ detects }: Feature, typed: boolean): string {
  if (detects === undefined) return '';
  const bounds = detects.map(({ detection, placeholders = {}, types = {} }) => {
    const [rule] = sigma(ruleOn(detection), { placeholders }).rules;
    if (rule?.kind !== 'detection') throw new Error(`no detection: ${JSON.stringify(detection)}`);
    const fields = rule.plan.fields.map((name) => [name, field(types[name] ?? 'keyword')] as const);
    return compileQuery(rule.plan, typed ? Object.fromEntries(fields) : null).bound;
  });
  if (bounds.every((bound) => bound === 'exact')) return 'exact';
  return bounds.includes('exact') ? 'exact or superset' : 'superset';
}

function field(type: Field['type']): Field {
  return { type, meaning: 'for the page', evidence: 'documented', optional: true };
}

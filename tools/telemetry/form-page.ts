import { address, code, fenced, link, plain, prose } from '../foundation/content/markdown';
import { assetFields, type Contract, type Evidence, type Form } from './contract';
import { derivedWithout, isOwnShape, lackedBy } from './form';
import type { Reader } from './readers';

/** Source → form → the files of the rules and queries that can find nothing in it. */
export type SilentForms = Map<string, Map<string, Set<string>>>;

const EVIDENCE: Record<Evidence, string> = {
  documented: 'documented',
  third_party: 'from a third party',
  unverified: '**not verified**',
};

/** The part of a source's page on the forms in which its records are delivered; nothing where none is named. */
export function formBlocks(contract: Contract, readers: readonly Reader[], silent: SilentForms): string[] {
  const forms = Object.entries(contract.forms ?? {});
  if (forms.length === 0) return [];
  return [
    '## Forms',
    '`match`, `hunt` and `replay --events` read records in any of these forms and recognize which it is: the first form that fits a record is taken. `--form` sets it.',
    ...forms.flatMap(([id, form]) =>
      oneForm(id, form, contract, readers, silent.get(contract.id)?.get(id) ?? new Set()),
    ),
  ];
}

function oneForm(
  id: string,
  form: Form,
  contract: Contract,
  readers: readonly Reader[],
  silent: ReadonlySet<string>,
): string[] {
  const head = [`### ${plain(form.title)}`, `${code(id)}, ${EVIDENCE[form.evidence]}: ${address(form.reference)}`];
  if (form.skip) return [...head, 'These are not records; they are skipped.'];
  return [...head, prose(shape(form, contract)), ...lacking(form, contract, readers, silent), ...example(form)];
}

function shape({ layout, fields, yields, record, passes }: Form, { fields: own }: Contract): string {
  const written = {
    csv: 'Rows below a header.',
    columns: 'Columns on each line.',
    w3c: 'Columns that the file names.',
  };
  const named = Object.keys(fields ?? {}).filter((field) => !(field in own) || fields?.[field] !== field);
  return [
    layout === undefined ? '' : written[layout],
    record === undefined ? '' : `The record is in ${code(record)}.`,
    fields === undefined ? 'It has the fields below.' : '',
    passes && named.length > 0
      ? `It has the fields below, except that ${named.map(code).join(', ')} are made from others.`
      : '',
    fields !== undefined && !passes
      ? 'Its fields have other names; the contract says which field each is made from.'
      : '',
    yields === undefined ? '' : 'One record yields several events: what was requested, and what became of it.',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function lacking(form: Form, contract: Contract, readers: readonly Reader[], silent: ReadonlySet<string>): string[] {
  const lacked = lackedBy(form, contract);
  if (lacked.length === 0) return [];
  const derived = derivedWithout(lacked, contract);
  const also = derived.length > 0 ? `, and therefore ${derived.map(code).join(', ')}` : '';
  const text = `It lacks ${lacked.map(code).join(', ')}${also}.${namelessly(lacked, contract)}`;
  const named = readers.filter(({ path }) => silent.has(path)).map(({ title, path }) => link(title, `../../${path}`));
  if (named.length === 0) return [`${text} Every rule and query still works on it.`];
  const verb = named.length === 1 ? 'One rule or query finds' : `${named.length} rules and queries find`;
  return [`${text} ${verb} nothing in it: ${named.join(', ')}.`];
}

/** Whose the records are that no field names an asset of. */
function namelessly(lacked: readonly string[], { id, derived }: Contract): string {
  const { derive } = derived['asset.id']!;
  const names = derive.how === 'asset' ? assetFields(derive) : [];
  if (names.length === 0 || !names.every((name) => lacked.includes(name))) return '';
  return ` Its records belong to the asset ${code(id)}, unless your table of assets or \`--asset-id\` names another.`;
}

function example(form: Form): string[] {
  const { example: given } = form;
  if (given === undefined || isOwnShape(form)) return [];
  return typeof given === 'string'
    ? [fenced('text', given.trimEnd())]
    : [fenced('json', JSON.stringify(given, null, 2))];
}

import type { Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import type { HuntQuery } from '../../detection/hunt/types';
import { queryDigest } from '../../evidence/own-logs/digest';
import { fieldDoubt } from '../../evidence/own-logs/field-proof';
import { Reporter } from '@tollgate/sigma/rules/reporter';
import { fieldsOf } from '../../telemetry/contract';
import type { Contract } from '../../telemetry/contract';
import { mapAt, type Check, type Content } from './content';
import { detectionItems } from './detection-items';
import { reportStatus } from './evidence';
import { checkItem } from './field-use';

export const queriesCheck: Check = {
  name: 'queries',
  what: "A query reads its source's fields in a way that fits their types, and its status is not above what is known of them.",
  run: ({ queries: documents, hunts, contracts, fieldEvidence }) => [
    ...documents.flatMap((document) => typeProblems(document, contracts)),
    ...hunts.flatMap((query) => statusProblems(query, documents, contracts, fieldEvidence)),
  ],
};

function typeProblems(document: YamlDocument, contracts: Content['contracts']): Diagnostic[] {
  const source = mapAt({ document: document.value }, 'document')['source'];
  const contract = typeof source === 'string' ? contracts.get(source) : undefined;
  if (!contract) return [];
  const reporter = new Reporter(document);
  for (const item of detectionItems(mapAt(document.value, 'detection'), 'detection'))
    checkItem(item, contract, reporter);
  return reporter.diagnostics;
}

function statusProblems(
  query: HuntQuery,
  documents: YamlDocument[],
  contracts: Content['contracts'],
  evidence: Content['fieldEvidence'],
): Diagnostic[] {
  const document = documents.find(
    (one) => one.file === query.file && mapAt({ one: one.value }, 'one')['id'] === query.id,
  );
  const contract = contracts.get(query.source);
  if (!document || !contract) return [];
  const reporter = new Reporter(document);
  reportStatus(query.status, unverified(query, contract), reporter, () =>
    fieldDoubt({ id: query.id, digest: queryDigest(query), budget: query.tollgate?.budget }, evidence),
  );
  return reporter.diagnostics;
}

function unverified(query: HuntQuery, contract: Contract): { field: string; contract: string }[] {
  const measured = Object.values(query.measures).flatMap((measure) => measure.field ?? []);
  const read = new Set([...query.plan.fields, ...query.groupBy, ...measured]);
  const fields = fieldsOf(contract);
  return [...read]
    .filter((field) => fields[field]?.evidence === 'unverified')
    .map((field) => ({ field, contract: contract.id }));
}

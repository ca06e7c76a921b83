import type { Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import type { Expr } from '@tollgate/sigma/rules/plan';
import { Reporter, type Path } from '@tollgate/sigma/rules/reporter';
import type { Contract } from '../../telemetry/contract';
import { absentFrom } from '../../telemetry/form';
import { contractFor } from '../../telemetry/logsource';
import { documentOf, mapAt, type Check } from './content';
import { groupFields } from './fields';

export const groupsCheck: Check = {
  name: 'groups',
  what: 'What a correlation or query groups by is there in every form of its sources, so that no form silences it; or each selection of a query asks for it.',
  run: (content) => [
    ...content.sigma.flatMap((rule): Diagnostic[] => {
      if (rule.kind !== 'correlation') return [];
      const reporter = new Reporter(documentOf(content, rule));
      for (const { input, field, path } of groupFields(rule, content)) {
        if (input.kind === 'correlation') continue;
        const contract = contractFor(input.logsource, content.contracts.values());
        if (contract) reportLacking(field, contract, path, reporter);
      }
      return reporter.diagnostics;
    }),
    ...content.hunts.flatMap((query): Diagnostic[] => {
      const document = content.queries.find(
        ({ file, value }) => file === query.file && mapAt({ value }, 'value')['id'] === query.id,
      );
      const contract = content.contracts.get(query.source);
      if (!document || !contract) return [];
      const reporter = new Reporter(document);
      const selections = Object.values(query.selections);
      for (const [index, field] of query.groupBy.entries())
        if (!selections.every(({ expr }) => asksFor(field, expr)))
          reportLacking(field, contract, ['group-by', index], reporter);
      return reporter.diagnostics;
    }),
  ],
};

/** Whether a condition holds of no event without the field: then it is the selection that leaves a form out, which the source's page says, and not the grouping. */
function asksFor(field: string, expr: Expr): boolean {
  switch (expr.op) {
    case 'test':
      return (
        expr.test.field === field && expr.test.kind !== 'null' && !(expr.test.kind === 'exists' && !expr.test.present)
      );
    case 'and':
      return expr.all.some((each) => asksFor(field, each));
    case 'or':
      return expr.any.every((each) => asksFor(field, each));
    case 'not':
      return false;
  }
}

/** An event without the field is in no group, so of a form that lacks it nothing would be found. */
function reportLacking(field: string, contract: Contract, path: Path, reporter: Reporter): void {
  const lacking = Object.entries(contract.forms ?? {}).filter(([, form]) => absentFrom(form, contract).has(field));
  if (lacking.length === 0) return;
  const forms = lacking.map(([id, { title }]) => `'${id}' (${title})`).join(', ');
  const message = `records of ${contract.id} in the form ${forms} have no '${field}', so they would be in no group`;
  const hint = `group by a field that each form has, or derive one in schemas/telemetry/${contract.id}.yml that falls back on another (how: first)`;
  reporter.error('lacking-group', path, message, hint);
}

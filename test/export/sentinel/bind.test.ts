import { expect } from 'chai';
import { load } from 'js-yaml';
import { sentinel } from '../../../tools/export/sentinel';
import { columnsOf } from '../../../tools/export/sentinel/source';
import { shapeOf } from '../../../tools/export/sentinel/parsers';
import { planOf } from '../../../tools/export/plan/detector';
import type { DetectorPlan, Member } from '../../../tools/export/plan/types';
import type { ExportEntry, ExportResult, WholeContent } from '../../../tools/export/target';
import type { Contract } from '../../../tools/telemetry/contract';
import { sentinelContent } from './content';
import { Workspace } from './workspace';

/** What of a file of a rule or a hunting query is looked at here. */
interface QueryFile {
  query: string;
  entityMappings: { fieldMappings: { columnName: string }[] }[];
  customDetails?: Record<string, string>;
}

/** Types of a contract's fields as Kusto has them. */
const TYPES = {
  text: 'string',
  long: 'long',
  whole: 'long',
  double: 'real',
  decimal: 'decimal',
  boolean: 'bool',
} as const;

describe("Sentinel's queries, bound by Kusto's language service", function () {
  this.timeout(600_000);
  let content: WholeContent;
  let exported: ExportResult;
  let own: Workspace;
  let native: Workspace;

  before(() => {
    content = sentinelContent();
    exported = sentinel(content);
    own = new Workspace(content, false);
    native = new Workspace(content, true);
  });

  it('have functions over own tables and over those of connectors that give every field by its type', () => {
    const shaped: string[] = [];
    for (const contract of content.contracts.values()) {
      if (shapeOf(content, contract)) shaped.push(contract.id);
      for (const workspace of shapeOf(content, contract) ? [own, native] : [own]) {
        expect(workspace.bindParser(contract), contract.id).to.deep.equal([]);
        const columns = workspace.parserColumns(contract);
        expect(columns, contract.id).to.include({ TimeGenerated: 'datetime', ts: 'long', ingested: 'long' });
        for (const { name, type, list } of columnsOf(contract).values())
          expect(columns[name.replace(/^\["|"\]$/g, '')], `${contract.id} ${name}`).to.equal(
            list ? 'dynamic' : TYPES[type],
          );
      }
    }
    expect(shaped).to.deep.equal([
      'aws.cloudtrail',
      'aws.waf',
      'azure.entra',
      'cloudflare.http',
      'google.audit',
      'okta.system',
    ]);
  });

  it("bind for each connector's table and each kind of detector, with the columns that alerts name", () => {
    const sample = new Map<string, ExportEntry>();
    for (const entry of exported.entries) {
      const plan = planOf(entry.rule, content);
      const source = sourceOf(plan);
      const key = shapeOf(content, source) ? `${source.id} ${kindOf(plan)}` : `own table ${kindOf(plan)} ${entry.type}`;
      if (!sample.has(key)) sample.set(key, entry);
    }
    expect([...sample.keys()]).to.include.members([
      'own table event scheduled',
      'own table events scheduled',
      'own table distinct scheduled',
      'own table ordered scheduled',
      'own table hunt hunting',
      'own table hunt scheduled and hunting',
    ]);
    expect(sample.size).to.be.greaterThan(15);
    for (const [key, { path, rule }] of sample) {
      const file = load(exported.files.get(path!)!) as QueryFile;
      expect(native.bind(file.query), `${key}: ${rule.title}`).to.deep.equal([]);
      const mapped = file.entityMappings.flatMap(({ fieldMappings }) => fieldMappings.map((one) => one.columnName));
      const named = [...mapped, ...Object.values(file.customDetails ?? {})];
      expect(Object.keys(native.columns(file.query)), key).to.include.members(named);
    }
  });

  it('are not bound where a column, a function or a type is wrong', () => {
    const entry = exported.entries.find(({ rule }) => rule.title === 'Codes sent to many numbers of one block')!;
    const { query } = load(exported.files.get(entry.path!)!) as QueryFile;
    expect(native.bind(query)).to.deep.equal([]);
    const wrong = (from: string, to: string) => {
      expect(query).to.include(from);
      return native.bind(query.replaceAll(from, to)).join('\n');
    };
    expect(wrong('destination_block', 'destination_blocks')).to.match(
      /'destination_blocks' does not refer to any known/,
    );
    expect(wrong('TollgateApplicationOtp', 'TollgateApplicationOpt')).to.match(/TollgateApplicationOpt/);
    expect(wrong('row_cumsum(d,', 'row_cumsum(g1,')).to.match(/number/);
    expect(native.bindOverTables('AWSCloudTrail | where EventNames == "x"').join()).to.match(/'EventNames' does not/);
    expect(native.bindOverTables('OktaV2_CL | where EventOriginalType =~ "x"')).to.deep.equal([]);
  });
});

function sourceOf(plan: DetectorPlan): Contract {
  if (plan.kind === 'hunt') return plan.hunt.contract;
  if (plan.kind === 'events') return plan.source.contract;
  let [{ of }] = plan.window.members as [Member];
  while (of.op !== 'source') [{ of }] = of.members as [Member];
  return of.contract;
}

function kindOf(plan: DetectorPlan): string {
  if (plan.kind === 'episodes') return plan.window.quantity.kind;
  return plan.kind === 'events' ? 'event' : 'hunt';
}

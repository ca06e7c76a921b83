import { expect } from 'chai';
import { findLayout } from '../../tools/command/check/layout';
import { loadContent, type Loaded } from '../../tools/command/check/load';
import type { Event } from '@tollgate/sigma/values/event';
import { elastic } from '../../tools/export/elastic';
import type { KibanaRule } from '../../tools/export/elastic/rule';
import type { ExportResult } from '../../tools/export/target';
import { CASE_START, caseFile, caseRecords, type Case, type CaseFile } from '../../tools/evidence/replay/case-events';
import { deriver } from '../../tools/telemetry/derive';
import { esql, load, lucene, needsEngine, unload } from './esql-engine';

const DAY = 86_400_000;
/** Cases lie so far apart that no window holds events of two of them. */
const APART = 30 * DAY;

interface Placed {
  file: CaseFile;
  one: Case;
  from: number;
}

describe("the export of this repository's rules", () => {
  let loaded: Loaded;
  let result: ExportResult;
  let rules: Map<string, KibanaRule>;

  before(() => {
    loaded = loadContent(findLayout([]));
    result = elastic({
      rules: loaded.content.sigma,
      queries: loaded.content.hunts,
      incidents: [],
      contracts: loaded.content.contracts,
      acts: loaded.acts,
    });
    const lines = result.files.get('rules.ndjson')!.trimEnd().split('\n').slice(0, -1);
    rules = new Map(lines.map((line) => JSON.parse(line) as KibanaRule).map((rule) => [rule.rule_id, rule]));
  });

  it('has something of every rule and query but those on gaps, and no technique without a name', () => {
    expect(result.entries).to.have.length.greaterThan(15);
    for (const { rule, exactness, differences } of result.entries) {
      const isOnGaps = 'measures' in rule && Object.values(rule.measures).some(({ how }) => how === 'gap');
      expect(exactness === 'refused', `${rule.title}: ${differences.join(' ')}`).to.equal(isOnGaps);
      if (isOnGaps) continue;
      expect(rules.get(rule.id)?.threat, rule.title).to.have.length.greaterThan(0);
    }
  });

  describe('on the cases, in a real Elasticsearch', () => {
    const placed: Placed[] = [];

    before(async function () {
      needsEngine(this);
      const events = new Map<string, Event[]>();
      const queries = new Set(loaded.content.hunts.map(({ id }) => id));
      for (const document of loaded.content.cases) {
        const file = caseFile(document);
        // What a query finds depends on the moment of its run: hunt.test.ts holds one of each kind at every tick.
        if (queries.has(file.rule)) continue;
        for (const one of file.cases) {
          const from = CASE_START + placed.length * APART;
          placed.push({ file, one, from });
          for (const { source, time, record } of caseRecords(file, one, loaded.content.contracts)) {
            const at = new Date(time - CASE_START + from).toISOString();
            const event = deriver(loaded.content.contracts.get(source)!)(record, time);
            const list = events.get(source) ?? [];
            events.set(source, list);
            list.push({ ...event, '@timestamp': at });
          }
        }
      }
      for (const [source, contract] of loaded.content.contracts) await load(contract, events.get(source) ?? []);
    });
    after(async () => {
      for (const contract of loaded.content.contracts.values()) {
        if (process.env['TOLLGATE_ESQL_URL']) await unload(contract);
      }
    });

    it('misses no case of a rule that must alert, and finds none too much but where it says so', async () => {
      let alerting = 0;
      const tooMuch: string[] = [];
      for (const { file, one, from } of placed) {
        const rule = rules.get(file.rule);
        if (!rule) continue;
        const filter = { range: { '@timestamp': { gte: from - DAY, lt: from + APART - DAY } } };
        const found = await search(rule, filter);
        const name = `${file.title}: ${one.name}`;
        if (one.alerts > 0) {
          alerting++;
          expect(found, name).to.be.greaterThan(0);
        } else if (found > 0) {
          const entry = result.entries.find((each) => each.rule.id === file.rule)!;
          expect(entry.exactness, name).to.equal('superset');
          expect(one.kind, name).to.not.equal('quiet');
          tooMuch.push(name);
        }
      }
      expect(alerting).to.be.greaterThan(20);
      expect(tooMuch.length, tooMuch.join('\n')).to.be.lessThan(alerting / 2);
    });

    /** How many rows or events an exported rule finds in a stretch of time. */
    async function search(rule: KibanaRule, filter: unknown): Promise<number> {
      if (rule.type === 'esql') return (await esql(`${rule.query}\n| LIMIT 100`, filter)).length;
      const contract = [...loaded.content.contracts.values()].find(({ id }) => rule.index[0]!.includes(`.${id}-`))!;
      return (await lucene(contract, rule.query, filter)).length;
    }
  });
});

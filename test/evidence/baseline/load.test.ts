import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare } from '../../../tools/evidence/baseline/equal';
import { loadBaselines, OWN_BASELINES } from '../../../tools/evidence/baseline/load';
import { Failure } from '../../../tools/foundation/content/failure';
import { MemoryEngine } from '../../../tools/detection/engine/memory-engine';
import { RequestBook } from '../../../tools/evidence/replay/matches';
import { bookRules, reported } from '../../../tools/evidence/replay/rule-detector';
import { runUnit, type UnitResult } from '../../../tools/evidence/replay/unit';
import { loadRules } from '../../../tools/detection/rules/load';
import { fieldsOf } from '../../../tools/telemetry/contract';
import { contractFor } from '../../../tools/telemetry/logsource';
import { contracts, datasets, runOf } from '../../simulate/run';

describe('the baselines', () => {
  const baselines = loadBaselines(OWN_BASELINES);

  it('are rules without a diagnostic, on documented fields', () => {
    const { rules, diagnostics } = loadRules([OWN_BASELINES]);
    expect(diagnostics).to.deep.equal([]);
    for (const rule of rules) {
      if (rule.kind === 'correlation') continue;
      const known = fieldsOf(contractFor(rule.logsource, contracts.values())!);
      expect(Object.keys(known), rule.title).to.include.members(rule.plan.fields);
    }
  });

  it('have the published thresholds, and others around them', () => {
    const thresholds = (name: string) => {
      const dataset = runOf('b2b-service');
      const one = baselines.find((baseline) => baseline.name === name)!;
      const made = one.book(contracts, dataset, new RequestBook()).length;
      expect(made).to.equal(new Set([one.detectors, one.thresholds.flatMap(({ detectors }) => detectors)].flat()).size);
      return one.thresholds.find(({ factor }) => factor === 1)?.detectors;
    };
    for (const { name, detectors } of baselines)
      expect(thresholds(name)).to.deep.equal(name === 'authgear' ? undefined : detectors);
    const conditions = loadRules([OWN_BASELINES]).rules.flatMap((rule) =>
      rule.kind === 'correlation' ? [[rule.condition, rule.timespanMs / 60_000]] : [],
    );
    expect(conditions).to.deep.equal([
      [{ gte: 50 }, 5],
      [{ gte: 50 }, 5],
      [{ gt: 10 }, 60],
      [{ gt: 10 }, 60],
    ]);
  });

  it('count posts to every path at which our worlds send codes', () => {
    const web = loadRules([join(OWN_BASELINES, 'address-requests.yml')]).rules;
    const plan = JSON.stringify(web.map((rule) => (rule.kind === 'detection' ? rule.plan.expr : null)));
    for (const { name, flows } of datasets.worlds.filter(({ sources }) => sources.includes('web.access')))
      for (const { paths } of Object.values(flows)) {
        if (!paths) continue;
        const ends = [...plan.matchAll(/"(\/[a-z/]+)"/g)].map(([, end]) => end!);
        for (const path of [paths.request, ...(paths.resend ? [paths.resend] : [])])
          expect(
            ends.some((end) => path.endsWith(end)),
            `${name}: ${path}`,
          ).to.equal(true);
      }
  });

  describe('on a world', () => {
    let unit: UnitResult;
    const at = (file: string, factor: number) =>
      loadRules([join(OWN_BASELINES, file)]).rules.map((rule) => {
        if (rule.kind === 'detection') return rule;
        const { gte, gt } = rule.condition;
        const condition =
          gte === undefined ? { gt: Math.ceil(Number(gt) * factor) } : { gte: Math.ceil(Number(gte) * factor) };
        return { ...rule, id: `${rule.id} alone ×${factor}`, condition };
      });

    before(async () => {
      const names = [
        ...['single-address-burst', 'resend-abuse', 'stolen-api-key', 'answers-some-codes'],
        ...['load-test', 'client-double-send'],
      ];
      unit = await runUnit(
        {
          rules: loadRules([join(__dirname, '../../../rules/application')]).rules,
          queries: [],
          contracts,
          engines: [new MemoryEngine()],
          progress: { update: () => undefined },
          more: (dataset, book) => [
            ...baselines.flatMap((one) => one.book(contracts, dataset, book)),
            ...[0.2, 0.5, 1, 2].flatMap((factor) =>
              ['user-sends.yml', 'address-requests.yml'].flatMap((file) =>
                bookRules(at(file, factor), contracts, dataset, book),
              ),
            ),
          ],
        },
        runOf('regional-shop', { scenarios: datasets.scenarios.filter(({ name }) => names.includes(name)) }),
      );
    });

    it('are judged with the pack, and set beside it', () => {
      const own = unit.detectors.filter(({ detector }) => !detector.id.includes('alone'));
      const { pack, baselines: compared } = compare([{ ...unit, detectors: own }], baselines);
      const byName = new Map(compared.map((one) => [one.name, one]));
      expect([...byName.keys()]).to.have.members([
        'address-requests',
        'address-requests-otp',
        'authgear',
        'user-sends',
      ]);
      const caught = (name: string) => byName.get(name)!.published.campaigns.caught;
      expect(caught('address-requests')).to.be.at.least(1);
      expect(caught('authgear')).to.be.greaterThan(caught('user-sends'));
      expect(byName.get('authgear')!.blind, 'it never passes the application').to.include('stolen-api-key');
      for (const { packAtItsRate, published } of compared)
        expect(packAtItsRate.benign.perDay).to.be.at.most(published.benign.perDay);
      expect(pack.campaigns.present).to.equal(unit.campaigns.length);
    });

    it('say at each threshold what the rule says alone, also where they were not run', () => {
      const judgementOf = (id: string) => {
        const { ordinary, specials, campaigns } = unit.detectors.find(({ detector }) => detector.id === id)!.judgement;
        return { ordinary, specials, campaigns };
      };
      let raised = 0;
      for (const factor of [0.2, 0.5, 1, 2])
        for (const { id } of reported([...at('user-sends.yml', factor), ...at('address-requests.yml', factor)])) {
          const ours = id.replace(/ alone ×.*/, factor === 1 ? '' : `×${factor}`);
          expect(judgementOf(ours), ours).to.deep.equal(judgementOf(id));
          for (const { episodes } of judgementOf(id).specials) raised += episodes;
        }
      expect(raised).to.be.greaterThan(0);
    });
  });

  it('stop with the first error in a file, and where it stands', () => {
    const folder = mkdtempSync(join(tmpdir(), 'baselines-'));
    try {
      writeFileSync(join(folder, 'wrong.yml'), 'title: Wrong\ncorrelation:\n  type: no_such\n');
      expect(() => loadBaselines(folder)).to.throw(Failure, /wrong\.yml:3:\d+/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

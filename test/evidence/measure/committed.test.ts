import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { findLayout } from '../../../tools/command/check/layout';
import { loadContent } from '../../../tools/command/check/load';
import { MemoryEngine } from '../../../tools/detection/engine/memory-engine';
import { digestsOf, digestTextsOf } from '../../../tools/evidence/measure/digest';
import { honestDaysIn } from '../../../tools/evidence/measure/honest-days';
import { readPlan } from '../../../tools/evidence/measure/plan';
import { filesOf, readResults, staleWorlds } from '../../../tools/evidence/measure/stored';
import { measureUnit, resultDigest } from '../../../tools/evidence/measure/unit';
import { measurementPage } from '../../../tools/command/report/measurement';

describe('the committed measurement', () => {
  const layout = findLayout([]);
  const results = readResults(filesOf(layout.datasets).results);

  it('is of the content as it is, on reporting seeds, and its page is that of the results', () => {
    expect(results, 'run `tollgate measure`').not.to.equal(null);
    const now = digestTextsOf(digestsOf(layout));
    const worlds = [...now.own.keys(), ...now.independent.keys()];
    const plan = readPlan('measurement/plan.yml', worlds);
    for (const [set, measured] of [['own', results!] as const, ['independent', results!.independent!] as const]) {
      const planned = plan.filter(({ scenarios = 'own' }) => scenarios === set).map(({ world }) => world);
      const digests = planned.map((world) => [world, now[set].get(world)]);
      expect(measured.digests, 'run `tollgate measure`').to.deep.equal(Object.fromEntries(digests));
    }
    expect(results!.development).to.equal(false);
    expect(readFileSync('docs/measurement.md', 'utf8')).to.equal(
      measurementPage(results!, honestDaysIn(layout.datasets)),
    );
  });

  it('has what its smallest unit finds when it is measured again', async function () {
    if (!results || staleWorlds(results, digestTextsOf(digestsOf(layout)).own).length > 0) this.skip();
    const { content, datasets } = loadContent(layout);
    const [smallest] = [...results.units].sort((a, b) => a.events - b.events);
    const measured = { rules: content.sigma, queries: content.hunts, contracts: content.contracts, ...datasets };
    const again = await measureUnit(measured, smallest!, [new MemoryEngine()], { update: () => undefined });
    expect(again.events.expected).to.equal(smallest!.events);
    expect(resultDigest(again), 'the tools changed: raise TOOLS_VERSION in tools/evidence/measure/digest.ts').to.equal(
      smallest!.found,
    );
  });
});

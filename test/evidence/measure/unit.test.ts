import { expect } from 'chai';
import { findLayout } from '../../../tools/command/check/layout';
import { loadContent } from '../../../tools/command/check/load';
import { MemoryEngine } from '../../../tools/detection/engine/memory-engine';
import { measureUnit } from '../../../tools/evidence/measure/unit';
import { unitOf } from './sample';

describe('a measured unit', () => {
  it('shows of some rules and queries what it shows of them beside all others', async () => {
    const { content, datasets } = loadContent(findLayout([]));
    const named =
      (name: string) =>
      ({ file }: { file: string }) =>
        file.endsWith(`/${name}.yml`);
    const names = ['okta_block_flood', 'okta_protection_changed_then_block_run', 'okta_client_many_numbers'];
    const rules = content.sigma.filter((rule) => names.some((name) => named(name)(rule)));
    const queries = content.hunts.filter((query) => named('okta_unused')(query) || named('okta_country_rush')(query));
    const measured = { rules: content.sigma, queries, contracts: content.contracts, ...datasets };
    const unit = unitOf({ world: 'staff-portal', seed: 1, days: 3 });
    const quiet = { update: () => undefined };
    const all = await measureUnit(measured, unit, [new MemoryEngine()], quiet);
    const ids = [...rules, ...queries]
      .map(({ id }) => id)
      .filter((id) => all.detectors.some(({ detector }) => detector.id === id));
    for (const only of [ids, [queries[0]!.id], [ids[0]!]]) {
      const part = await measureUnit(measured, unit, [new MemoryEngine()], quiet, only);
      expect(part.detectors.map(({ detector }) => detector.id)).to.have.members(only);
      for (const one of part.detectors)
        expect(one, one.detector.title).to.deep.equal(
          all.detectors.find(({ detector }) => detector.id === one.detector.id),
        );
      expect(part.campaigns).to.deep.equal(all.campaigns);
    }
    expect(
      all.detectors.some(({ judgement }) => judgement.truePositives > 0),
      'something was found',
    ).to.equal(true);
  });
});

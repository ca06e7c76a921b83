import { expect } from 'chai';
import { scalarAt } from '@tollgate/sigma/values/event';
import { findLayout } from '../../../tools/command/check/layout';
import { loadContent } from '../../../tools/command/check/load';
import { deriver } from '../../../tools/telemetry/derive';
import { dayOf, WORLDS } from './day';
import { rawOf } from './raw';

describe('the records of a day as their sources deliver them', function () {
  this.timeout(120_000);
  const loaded = loadContent(findLayout([]));
  const { contracts } = loaded.content;

  it('are of every source', () => {
    const { worlds } = loaded.datasets;
    const sources = WORLDS.flatMap((name) => worlds.find((world) => world.name === name)!.sources);
    expect([...new Set(sources)].sort()).to.deep.equal([...contracts.keys()].sort());
  });

  it('have nothing that is derived, and give the same events again', () => {
    const day = dayOf('parcel-service', loaded);
    const examples = [...contracts.values()].map((contract) => deriver(contract)(contract.example, day.start));
    for (const [n, contract] of [...contracts.values()].entries()) {
      const derive = deriver(contract, day.assets);
      const added = Object.keys(contract.derived).filter((field) => !contract.fields[field]);
      for (const event of [examples[n]!, ...(day.events.get(contract.id) ?? []).slice(0, 50)]) {
        const raw = rawOf(contract, event);
        expect(added.filter((field) => (scalarAt(raw, field) ?? null) !== null)).to.deep.equal([]);
        for (const path of contract.entries ?? []) expect(valueAt(raw, path), path).not.to.be.an('array');
        const again = derive(raw, Date.parse(scalarAt(event, 'event.ingested') as string));
        expect(again, contract.id).to.deep.equal(event);
      }
    }
  });
});

function valueAt(record: object, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], record);
}

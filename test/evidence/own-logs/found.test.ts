import { expect } from 'chai';
import type { Alert } from '@tollgate/sigma/correlate/types';
import { foundIncidents } from '../../../tools/evidence/own-logs/found';
import type { OwnResult } from '../../../tools/evidence/own-logs/result';

const START = Date.UTC(2026, 7, 3);
const MINUTE = 60_000;

const result = (name: string, shows: string[], acts: string[]) =>
  ({ id: name, name, path: `rules/${name}.yml`, level: 'medium', shows, acts }) as unknown as OwnResult;
const alert = (minutes: number, group: Alert['group']): Alert => {
  const start = START + minutes * MINUTE;
  return { group, start, end: start, visible: start + MINUTE, value: 1, events: [] };
};

describe("incidents found on one's own logs", () => {
  it('tell asset by asset what, since when, whereto and what to do first, in the order of time', () => {
    const shop = { 'asset.id': 'shop', 'destination.country': 'TG' };
    const judged = [
      { result: result('unused', ['conversion'], ['deny', 'ask']), alerts: [alert(9, shop)] },
      { result: result('rush', ['volume'], ['deny']), alerts: [alert(1, shop), alert(5, shop), alert(2, {})] },
    ];
    const [first, second] = foundIncidents(judged, new Map());
    expect(first).to.deep.include({ asset: 'shop', level: 'high', alerts: 3, source: null, acts: ['deny', 'ask'] });
    expect(first!.since).to.equal('2026-08-03T00:01:00.000Z');
    expect(first!.highSince).to.equal('2026-08-03T00:10:00.000Z');
    expect(first!.evidence.map(({ name, alerts }) => [name, alerts])).to.deep.equal([
      ['rush', 2],
      ['unused', 1],
    ]);
    expect(first!.values).to.deep.equal({ 'destination.country': ['TG'] });
    expect(second).to.deep.include({ asset: null, level: 'medium', highSince: null, alerts: 1 });
  });

  it('are made of any number of alerts', () => {
    const alerts = Array.from({ length: 300_000 }, (_, n) => alert(n / 100, { 'asset.id': 'shop' }));
    const [incident, ...others] = foundIncidents([{ result: result('many', ['volume'], []), alerts }], new Map());
    expect(incident!.alerts).to.equal(300_000);
    expect(others).to.deep.equal([]);
  });
});

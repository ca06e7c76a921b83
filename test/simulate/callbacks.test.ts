import { expect } from 'chai';
import { scalarAt } from '@tollgate/sigma/values/event';
import { datasets, runOf } from './run';

const named = (...names: string[]) => datasets.scenarios.filter(({ name }) => names.includes(name));

describe('the callbacks of verification services', () => {
  it('of Vonage end each request once, and name a number where the application knows the request', () => {
    const ended = new Set<unknown>();
    const unknown = { ordinary: 0, stolen: 0 };
    for (const { source, event, label } of runOf('marketplace', { scenarios: named('stolen-vonage-key') }).events()) {
      if (source !== 'vonage.verify') continue;
      const id = scalarAt(event, 'request_id');
      expect(ended.has(id), `${String(id)} ends twice`).to.equal(false);
      ended.add(id);
      const known = scalarAt(event, 'destination.number') !== null;
      expect(scalarAt(event, 'client_ref') !== null).to.equal(known);
      if (!known) unknown[label.occurrence === 0 ? 'ordinary' : 'stolen']++;
    }
    expect(ended.size).to.be.greaterThan(1000);
    expect(unknown.ordinary).to.equal(0);
    expect(unknown.stolen).to.be.greaterThan(300);
  });

  it('of Sinch ask first and end once, unless Sinch denies what it was asked', () => {
    const asked = new Set<unknown>();
    const results = new Map<unknown, unknown>();
    const scenarios = named('countries-tried-at-sinch', 'stolen-sinch-key', 'carrier-outage');
    const set = runOf('parcel-service', { scenarios, days: 4 });
    for (const { source, time, event } of set.events()) {
      if (source !== 'sinch.verification') continue;
      const id = scalarAt(event, 'callback.id');
      const kind = scalarAt(event, 'callback.event');
      if (kind === 'VerificationRequestEvent') asked.add(id);
      // What was asked for before the run began is not in it.
      if (kind !== 'VerificationResultEvent' || time < set.start + 3_600_000) continue;
      expect(results.has(id), `${String(id)} ends twice`).to.equal(false);
      results.set(id, scalarAt(event, 'callback.reason') ?? scalarAt(event, 'callback.status'));
    }
    for (const [id, outcome] of results) {
      expect(asked.has(id), String(outcome)).to.equal(outcome !== 'Fraud' && outcome !== 'Destination denied');
    }
    expect([...new Set(results.values())].sort()).to.deep.equal([
      'ABORTED',
      'Destination denied',
      'Expired',
      'Fraud',
      'SMS delivery failure',
      'SUCCESSFUL',
    ]);
  });
});

import { expect } from 'chai';
import { scalarAt } from '@tollgate/sigma/values/event';
import { datasets, runOf } from './run';

describe('ordinary traffic', () => {
  for (const [name, scale] of [
    ['b2b-service', 1],
    ['regional-shop', 20],
  ] as const) {
    const world = { ...datasets.worlds.find((one) => one.name === name)! };
    // Heavy users come on top of what a world declares.
    delete world.heavy_users;

    it(`${name} sends as many messages a day, converts and resends as it declares`, () => {
      const days = 4; // Monday to Thursday: days of weight 1.
      const flows = new Map<string, { sends: number; first: number; verified: number }>();
      const flowOf = (purpose: string) => {
        const known = flows.get(purpose) ?? { sends: 0, first: 0, verified: 0 };
        flows.set(purpose, known);
        return known;
      };
      for (const { source, event } of runOf(name, { world, scenarios: [], days, scale }).events()) {
        const action = scalarAt(event, 'event.action');
        const purpose = scalarAt(event, 'otp.purpose') as string;
        if (action === 'otp_sent') {
          flowOf(purpose).sends++;
          if (scalarAt(event, 'otp.attempt') === 1) flowOf(purpose).first++;
        }
        if (action === 'otp_verified') flowOf(purpose).verified++;
        if (source === 'aws.sns') flowOf('signup').sends++;
        if (scalarAt(event, 'eventName') === 'SignUp') flowOf('signup').first++;
        if (scalarAt(event, 'eventName') === 'ConfirmSignUp' && !scalarAt(event, 'errorCode'))
          flowOf('signup').verified++;
      }
      const sends = [...flows.values()].reduce((sum, one) => sum + one.sends, 0);
      expect(sends / days / (world.sends_per_day * scale)).to.be.closeTo(1, 0.05);
      // A flow that ordinary traffic does not use is there for a campaign.
      for (const flow of Object.values(world.flows).filter(({ share }) => share > 0)) {
        const { sends, first, verified } = flows.get(flow.purpose)!;
        expect(sends / days / (world.sends_per_day * scale), flow.purpose).to.be.closeTo(flow.share, 0.04);
        if (flow.conversion === undefined) continue;
        expect(verified / sends, `conversion of ${flow.purpose}`).to.be.closeTo(flow.conversion, 0.05);
        expect((sends - first) / first, `resends of ${flow.purpose}`).to.be.within(0.04, 0.14);
      }
    });

    it(`${name} crowds into few blocks, and the countries of attackers are among the destinations`, () => {
      const blocks = new Map<unknown, number>();
      const countries = new Set<unknown>();
      for (const { event } of runOf(name, { scenarios: [], days: 2, scale }).events()) {
        const block = scalarAt(event, 'destination.block');
        if (block === null) continue;
        blocks.set(block, (blocks.get(block) ?? 0) + 1);
        countries.add(scalarAt(event, 'destination.country'));
      }
      const counts = [...blocks.values()].sort((a, b) => b - a);
      const all = counts.reduce((sum, one) => sum + one, 0);
      const top = counts.slice(0, Math.ceil(counts.length / 10)).reduce((sum, one) => sum + one, 0);
      expect(top / all).to.be.greaterThan(0.3);
      for (const country of ['UZ', 'LK', 'AZ']) expect(countries).to.include(country);
    });
  }
});

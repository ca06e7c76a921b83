import { expect } from 'chai';
import { openClient } from '../../../tools/detection/elasticsearch/client';
import { ReadOnlyCluster } from '../../../tools/evidence/own-logs/cluster';
import { Losses } from '../../../tools/evidence/own-logs/losses';
import { replayIndices } from '../../../tools/evidence/own-logs/replay-index';
import { contractShape } from '../../../tools/evidence/own-logs/contract-shape';
import { FakeServer, Status } from '../../detection/elasticsearch/fake-server';
import { contentOf, contracts, rates } from './logs';

const FORBIDDEN = {
  error: { type: 'security_exception', reason: 'action [indices:data/read/field_caps] is unauthorized for user [ann]' },
};

describe('a cluster that refuses', () => {
  it('is told in one sentence for each source, and nothing is asked but to read', async () => {
    const server = await FakeServer.start((method, path) =>
      path.includes('_field_caps') ? new Status(403, FORBIDDEN) : undefined,
    );
    const traffic = { requests: 0, bytes: 0 };
    const client = openClient(server.node.access, undefined, (bytes) => (traffic.bytes += bytes));
    const losses = new Losses();
    const sources = ['twilio.messaging', 'twilio.verify'];
    try {
      const report = await replayIndices(new ReadOnlyCluster(client, traffic), {
        content: contentOf('rules/twilio/twilio_message_block_burst.yml'),
        incidents: [],
        rates,
        losses,
        progress: { update: () => undefined },
        places: new Map(sources.map((id) => [id, [contractShape(contracts.get(id)!)]])),
        span: {},
        engine: { name: 'elasticsearch', version: '9.9.9' },
      });
      expect(report.rules).to.deep.equal([]);
      expect(report.notRun).to.have.length(1);
      expect(report.losses.map(({ environment }) => environment)).to.deep.equal([true, true]);
      expect(report.losses[0]!.reason).to.match(
        /^twilio\.\w+: this user may not do .*: security_exception: .*\[ann\]$/,
      );
      expect(report.cost.bytes).to.be.greaterThan(0);
      expect(server.paths.filter((path) => !/_field_caps|_search|_pit/.test(path))).to.deep.equal([]);
    } finally {
      await client.close();
      await server.stop();
    }
  });
});

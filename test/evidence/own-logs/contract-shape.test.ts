import { expect } from 'chai';
import { contractShape } from '../../../tools/evidence/own-logs/contract-shape';
import { contracts } from './logs';
import { planOf } from './plans';

describe('an index with the fields of a contract', () => {
  const shape = contractShape(contracts.get('cloudflare.http')!, 'logs');
  const keyword = { type: 'keyword', searchable: true, aggregatable: true };
  const index = shape.open(new Map(shape.indexFields.map((name) => [name, keyword])));

  it('is asked for more than a query can say, and what it finds is looked at again', () => {
    const plan = planOf('{a: {ClientRequestHost|fieldref: ZoneName}, condition: a}');
    expect(index.ask(plan)).to.include({ exact: false });
    const reader = index.reader(['ClientIP'], plan);
    if ('refused' in reader) throw new Error(reader.refused);
    expect(reader.fields).to.have.members(['ClientIP', 'ClientRequestHost', 'ZoneName']);
    const found = (host: string) =>
      reader.values({
        time: 0,
        fields: { ClientIP: ['192.0.2.1'], ClientRequestHost: [host], ZoneName: ['shop.example'] },
        source: {},
      });
    expect(found('shop.example')).to.deep.equal(['192.0.2.1']);
    expect(found('www.shop.example')).to.equal(null);
  });

  it('is not asked for a text in any field', () => {
    const plan = planOf('{a: [checkout], condition: a}');
    expect(index.reader([], plan)).to.deep.equal({
      refused: 'it looks for a text in any field, which no query can say exactly',
    });
  });
});

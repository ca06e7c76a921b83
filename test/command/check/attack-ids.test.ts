import { expect } from 'chai';
import { TACTICS, techniques } from '../../../tools/command/check/attack-ids';

describe('the ids of ATT&CK', () => {
  it('are those of Enterprise 18.1: techniques, and parts of them written as ranges', () => {
    expect(techniques().size).to.equal(691);
    for (const id of ['t1496', 't1496.003', 't1003.001', 't1003.008']) expect(techniques().has(id), id).to.equal(true);
    for (const id of ['t1003.009', 't1011.002', 't9999']) expect(techniques().has(id), id).to.equal(false);
    expect(TACTICS.has('impact')).to.equal(true);
  });
});

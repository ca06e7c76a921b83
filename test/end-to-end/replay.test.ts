import { expect } from 'chai';
import { tollgate } from '../command/cli/run';
import { realNode } from '../detection/elasticsearch/node';

describe('a replay', () => {
  realNode();

  it('passes in both engines, which agree, in the world of an identity provider', () => {
    const { code, stdout, stderr } = tollgate('replay', '--engine', 'both', '--world', 'staff-portal');
    expect(code, stderr).to.equal(0);
    expect(stdout).to.match(/Engines {4}agree on every match\n$/);
  });
});

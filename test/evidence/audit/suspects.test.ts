import { expect } from 'chai';
import { suspectsIn } from '../../../tools/evidence/audit/suspects';

/** Whether all that could be somebody's in a text is nobody's; null where there is no such thing. */
function isSafe(text: string, isAddress = false): boolean | null {
  const found = suspectsIn(text, isAddress);
  return found.length === 0 ? null : found.every(({ safe }) => safe);
}

describe('what could be somebody’s', () => {
  it('is a number that can be assigned', () => {
    expect(isSafe('+998012345678')).to.equal(true);
    expect(isSafe('+998901234567')).to.equal(false);
    expect(isSafe('call +34 or +34612345678 now')).to.equal(false);
    expect(isSafe('+1')).to.equal(null);
  });

  it('is an address on the Internet, also in a field that should hold an address', () => {
    for (const address of [
      '192.0.2.1',
      '198.51.100.254',
      '203.0.113.9',
      '198.19.255.254',
      '100.127.0.1',
      '2001:db8:1::1',
    ])
      expect(isSafe(address), address).to.equal(true);
    for (const address of ['8.8.8.8', '198.20.0.1', '100.128.0.1', '2a00::1', '10.0.0.1'])
      expect(isSafe(address), address).to.equal(false);
    expect(isSafe('unknown', true)).to.equal(false);
    expect(isSafe('Chrome/138.0.0.0 Safari/537.36')).to.equal(null);
  });

  it('is a host or mailbox outside of the reserved names', () => {
    for (const text of [
      'app.planner.example',
      'https://www.shop.example/login',
      'a.b@mail.test',
      'events-schemas.twilio.com',
    ])
      expect(isSafe(text), text).to.equal(true);
    for (const text of ['tollgate.io', 'https://example.shop/', 'someone@gmail.com', 'example.com.evil.net'])
      expect(isSafe(text), text).to.equal(false);
    expect(isSafe('com.twilio.messaging.message.queued')).to.equal(null);
  });

  it('is an account, and anything like a credential', () => {
    expect(isSafe('111122223333')).to.equal(true);
    expect(isSafe('734912345678')).to.equal(false);
    expect(isSafe('12025550143')).to.equal(true);
    expect(isSafe('UpdateProtectConfigurationCountryRuleSet')).to.equal(null);
    // Put together here, so that no scanner takes this file for a leak.
    for (const [start, rest] of [
      ['AK', 'IAIOSFODNN7EXAMPLE'],
      ['A', 'C0123456789abcdef0123456789abcdef'],
      ['gh', `p_${'a'.repeat(36)}`],
      ['ey', 'JhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.x'],
    ] as const)
      expect(isSafe(start + rest), start).to.equal(false);
    expect(isSafe('SMghjkmnpqrstuvwxyghjkmnpqrstuvwxy')).to.equal(null);
  });
});

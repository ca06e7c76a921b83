import { expect } from 'chai';
import type { Event } from '@tollgate/sigma/values/event';
import { contentOf, contracts, MINUTE, replayOf, T0, type Delivered } from './logs';

const THROTTLING = 'Update Suspicious IP Throttling settings';
const CAPTCHA = 'Create or update the anomaly detection captcha';

/** A call of Auth0's Management API; bodies are whatever a call sends and gets. */
function call(description: string, asked: unknown, answered: unknown): Delivered {
  const example: Event = contracts.get('auth0.tenant')!.example;
  const request = { method: 'patch', path: '/api/v2/x', body: asked };
  const response = { statusCode: 200, body: answered };
  const date = new Date(T0 + MINUTE).toISOString();
  return {
    source: 'auth0.tenant',
    form: 'api',
    record: { ...example, date, type: 'sapi', description, details: { request, response } },
    place: { file: 'auth0.ndjson', line: 1 },
  };
}

describe("bodies of Auth0's management calls", () => {
  const content = contentOf('rules/auth0/auth0_protection_off.yml');
  const matched = async (...of: Parameters<typeof call>): Promise<number> =>
    (await replayOf(content, [call(...of)])).rules[0]!.matched;
  const odd = [[], ['all-applications'], 'off', 'false', 0, false, null, {}, [{ name: 'x' }]];

  for (const body of odd)
    it(`may be ${JSON.stringify(body)}, which switches nothing off and hides nothing`, async () => {
      for (const description of [THROTTLING, CAPTCHA, 'Update multi-factor authentication policies'])
        expect(await matched(description, body, body), description).to.equal(0);
      expect(await matched(THROTTLING, { enabled: false }, body)).to.equal(1);
      expect(await matched(THROTTLING, body, { enabled: false })).to.equal(1);
      expect(await matched(THROTTLING, { enabled: false }, { enabled: null })).to.equal(1);
      expect(await matched(CAPTCHA, { passwordless_policy: 'off' }, body)).to.equal(1);
      expect(await matched(CAPTCHA, body, { password_reset_policy: 'off' })).to.equal(1);
    });

  it('may hold a setting as text, or something else by its name', async () => {
    const settings = { false: 1, False: 1, disabled: 0, true: 0 };
    for (const [enabled, expected] of Object.entries(settings))
      expect(await matched(THROTTLING, null, { enabled }), enabled).to.equal(expected);
    for (const enabled of [{ a: 1 }, [], [true], null, 0, ''])
      expect(await matched(THROTTLING, null, { enabled }), JSON.stringify(enabled)).to.equal(0);
    expect(await matched('Update a client grant', { enabled: { a: 1 } }, { enabled: 'disabled' })).to.equal(0);
  });
});

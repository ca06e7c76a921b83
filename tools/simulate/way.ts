/** How someone comes to cause messages. */
export type Entrance = 'form' | 'application' | 'provider' | 'administrator';

/** Through what messages leave; `providers.ts` says what each of them does. */
export type Provider =
  | 'messaging'
  | 'verify'
  | 'cognito'
  | 'sns'
  | 'end_user_messaging'
  | 'okta'
  | 'auth0'
  | 'acs'
  | 'entra'
  | 'firebase'
  | 'vonage'
  | 'sinch'
  | 'infobip';

/** What refuses messages: the provider's protection, the account's spending limit, a closed country, too many sends of one code, or a sign-up taken for a fake. */
export type Guard = 'protection' | 'spend_limit' | 'closed_country' | 'send_limit' | 'fake_signup';

import type { Provider } from './way';
import type { Accounts, Facility } from './world';

/** What the simulator has to know of a provider; what its records look like is its lens's. */
export interface ProviderFacts {
  /** What a business must run to send through it. */
  facility: Facility;
  /** A log source that sees its sends. */
  source: string;
  /** Sends texts of any content; the others send codes, and know whether the right one came back. */
  texts: boolean;
  /** Can call and read a code out, as far as its log shows that. */
  calls: boolean;
  /** Has a protection of its own against pumping. */
  protects: boolean;
  /** A send that is blocked is refused when it is asked for; elsewhere it is accepted and blocked on its way. */
  refuses: boolean;
  /** Stops when the month's spending limit is reached. */
  limits: boolean;
  /** Its account opens and closes countries, and what goes to a closed one is refused. */
  closes: boolean;
  /** Refuses sign-ups that it takes for fakes. */
  vets: boolean;
  /** How many times it sends one code; further sends of it are refused. */
  sends: number;
  /** How many wrong codes end a verification before its time. */
  wrongCodes: number;
}

const CODES = {
  texts: false,
  calls: true,
  protects: true,
  refuses: true,
  limits: false,
  closes: false,
  vets: false,
  sends: Infinity,
  wrongCodes: Infinity,
};
const TEXTS = {
  texts: true,
  calls: false,
  protects: false,
  refuses: false,
  limits: false,
  closes: false,
  vets: false,
  sends: Infinity,
  wrongCodes: Infinity,
};

export const PROVIDERS: Readonly<Record<Provider, ProviderFacts>> = {
  messaging: { ...TEXTS, facility: 'twilio', source: 'twilio.messaging', protects: true, closes: true },
  // Verify says no when it is asked, and there is no verification then; a message is accepted first and blocked later.
  // Five sends in a verification's ten minutes, then error 60203; five wrong codes, then error 60202.
  verify: { ...CODES, facility: 'twilio', source: 'twilio.verify', closes: true, vets: true, sends: 5, wrongCodes: 5 },
  // SNS has no protection of its own against pumping, only its limit; Cognito sends through it.
  cognito: { ...TEXTS, facility: 'cognito', source: 'aws.cloudtrail', texts: false, limits: true },
  sns: { ...TEXTS, facility: 'sns', source: 'aws.sns', limits: true },
  end_user_messaging: {
    ...TEXTS,
    facility: 'end_user_messaging',
    source: 'aws.sms_voice',
    protects: true,
    limits: true,
  },
  okta: { ...CODES, facility: 'okta', source: 'okta.system' },
  // Auth0 limits what one user is sent, ten an hour, and nothing else.
  auth0: { ...CODES, facility: 'auth0', source: 'auth0.tenant', protects: false, sends: 10 },
  // Its fraud detection rejects messages that were taken: delivery status 4000.
  acs: { ...TEXTS, facility: 'azure', source: 'azure.acs', protects: true },
  entra: { ...CODES, facility: 'azure', source: 'azure.entra' },
  // An SMS region policy refuses countries, and limits of its own what is asked for too often.
  firebase: { ...CODES, facility: 'firebase', source: 'google.identity', calls: false, closes: true },
  // Vonage accepts each request and says in a callback that the network is blocked. A request fails at the third wrong code.
  vonage: { ...CODES, facility: 'vonage', source: 'vonage.verify', refuses: false, wrongCodes: 3 },
  sinch: { ...CODES, facility: 'sinch', source: 'sinch.verification', closes: true },
  // Signals rejects messages that were taken: status 87 of the delivery report.
  infobip: { ...TEXTS, facility: 'infobip', source: 'infobip.sms', protects: true },
};

/** The key of a world under which the ids of what it runs stand; null where it has none. */
export const ACCOUNT_OF: Readonly<Record<Facility, keyof Accounts | null>> = {
  web_form: null,
  waf: null,
  cloudflare: 'cloudflare',
  cognito: 'aws',
  sns: 'aws',
  end_user_messaging: 'aws',
  twilio: 'twilio',
  okta: 'okta',
  auth0: 'auth0',
  azure: 'azure',
  firebase: 'firebase',
  vonage: 'vonage',
  sinch: 'sinch',
  infobip: 'infobip',
  identity_provider: null,
  otp_events: null,
  lookup: null,
};

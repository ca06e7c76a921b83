/** An administrator's act. It is logged only where the world runs that platform's audit log. */
export interface AdministratorAct {
  /** Before (negative) or after the start of the scenario's traffic. */
  at?: string;
  by: 'administrator' | 'automation' | 'stolen_session' | 'stolen_key' | 'provider';
  repeat?: { times: number; every: string };
  twilio?: TwilioChange;
  aws?: AwsCall;
  google?: GoogleCall;
  okta?: OktaChange;
  auth0?: Auth0Call;
  vonage?: VonageChange;
}

export interface TwilioChange {
  event: string;
  source: 'web' | 'api' | 'twilio';
  /** Property (of a geo-permission: the country) → its value before and after. */
  properties?: Record<string, { previous: string | null; updated: string | null }>;
}

export interface AwsCall {
  service: 'sns' | 'cognito-idp' | 'sms-voice' | 'iam';
  call: string;
  read_only?: boolean;
  /** Where it is called; the world's own Region where left out. */
  region?: string;
  /** Parameters of SetSMSAttributes. */
  attributes?: Record<string, string>;
  error?: string;
}

export interface OktaChange {
  /** Okta's event type, such as zone.remove_blacklist. */
  event: string;
}

export interface VonageChange {
  /** Vonage's event type, such as ACCOUNT_SECRET_CREATE. */
  event: string;
}

/** A call of Auth0's Management API, by the dashboard or a script. */
export interface Auth0Call {
  description: string;
  method: 'post' | 'patch' | 'put' | 'delete';
  path: string;
  /** What was asked for, where the log shows it. */
  body?: { enabled?: boolean; type?: string };
  /** What the setting is now, where the log shows it. */
  now?: { enabled?: boolean; policy?: string };
}

/** A call of Identity Platform's administration API. */
export interface GoogleCall {
  /** Method of its ProjectConfigService, such as UpdateConfig. */
  call: string;
  /** Field of the configuration, its path in dots → its new value. */
  settings?: Record<string, string | boolean | string[]>;
}

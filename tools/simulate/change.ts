/** An administrator's act. It is logged only where the world runs that platform's audit log. */
export interface Change {
  /** Before (negative) or after the start of the scenario's traffic. */
  at?: string;
  by: 'administrator' | 'automation' | 'stolen_session' | 'stolen_key' | 'provider';
  repeat?: { times: number; every: string };
  twilio?: TwilioChange;
  aws?: AwsCall;
}

export interface TwilioChange {
  event: string;
  source: 'web' | 'api' | 'twilio';
  /** Property (of a geo-permission: the country) → its value before and after. */
  properties?: Record<string, { previous: string | null; updated: string | null }>;
}

export interface AwsCall {
  service: 'sns' | 'cognito-idp';
  call: string;
  read_only?: boolean;
  /** Parameters of SetSMSAttributes. */
  attributes?: Record<string, string>;
  error?: string;
}

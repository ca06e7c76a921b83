/** How someone comes to cause messages. */
export type Entry = 'form' | 'application' | 'provider' | 'administrator';

/** Through what messages leave: Twilio messages, Twilio Verify, or Amazon Cognito, which sends through SNS. */
export type Provider = 'messaging' | 'verify' | 'cognito';

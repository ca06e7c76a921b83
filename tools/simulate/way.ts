/** How someone comes to cause messages. */
export type Entry = 'form' | 'application' | 'provider' | 'administrator';

/** Through what messages leave: Twilio messages, Twilio Verify, Amazon Cognito, which sends through SNS, or SNS itself. */
export type Provider = 'messaging' | 'verify' | 'cognito' | 'sns';

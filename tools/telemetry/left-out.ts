/** What a reader may look for on the page of the log sources and does not find, with the reason. */
export const LEFT_OUT = `## What is not here

| log | why |
|---|---|
| Twilio's [usage triggers](https://www.twilio.com/docs/usage/api/usage-trigger) | The webhook is the alert already, at a sum that you set; about once a minute it is looked at. That somebody changes or deletes a trigger is in [twilio.monitor](twilio.monitor.md). |
| Twilio Lookup's [pumping risk](https://www.twilio.com/docs/lookup/v2-api/sms-pumping-risk) and line type | Your application asks for them, one number at a time, before it sends; no log holds the answers. Asking is [an act](../respond/twilio.md). From which score on a number is to be refused was not verified. |
| Verify's [Device Intelligence](https://www.twilio.com/docs/api/errors/60413) (60413) and silent network authentication | A telemetry token that is used twice raises 60413 too. What silent authentication logs of a refusal was not found. |
| CloudWatch's [alarms](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html) | The alarm is the alert already. |
| AWS's and Twilio's bills | A day late and without a destination; [aws.cloudwatch](aws.cloudwatch.md) and the logs of messages are sooner. |
| Disposable e-mail in [okta.system](okta.system.md) | The actor's login may be an e-mail. A list of thousands of domains that changes each week fits into no rule, and the System Log does not look them up; your application can, in [application.otp](application.otp.md). |
| Calls outside of a verification (Twilio Voice) | Toll fraud by calls alone is another technique. The error codes of closed countries for calls were not verified. |
| Plivo, Infobip, Telnyx, Bird | Senders with delivery reports like those of [twilio.messaging](twilio.messaging.md). Plivo and Infobip document refusals (450 by geo permission; 4103 and 4104 by flooding), Telnyx limits alone, and nothing was found of Bird. Their records are not modelled yet. |
| Stytch, Clerk, Supabase, Keycloak, Ory | Identity providers that send through one of the senders above, whose log shows the numbers. Their own events were not read yet. |`;

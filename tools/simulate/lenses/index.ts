import type { Lens } from '../lens';
import { applicationOtp } from './application-otp';
import { awsCloudtrail } from './aws-cloudtrail';
import { awsCloudwatch } from './aws-cloudwatch';
import { awsCognito } from './aws-cognito';
import { awsSmsVoice } from './aws-sms-voice';
import { awsSns } from './aws-sns';
import { awsWaf } from './aws-waf';
import { cloudflareHttp } from './cloudflare-http';
import { auth0Tenant } from './auth0-tenant';
import { azureAcs } from './azure-acs';
import { azureAcsDelivery } from './azure-acs-delivery';
import { azureEntra } from './azure-entra';
import { oktaSystem } from './okta-system';
import { googleIdentity } from './google-identity';
import { googleAudit } from './google-audit';
import { infobipSms } from './infobip-sms';
import { sinchVerification } from './sinch-verification';
import { twilioErrors } from './twilio-errors';
import { twilioMessaging } from './twilio-messaging';
import { twilioMonitor } from './twilio-monitor';
import { twilioVerify } from './twilio-verify';
import { vonageAudit } from './vonage-audit';
import { vonageVerify } from './vonage-verify';
import { webAccess } from './web-access';

/** Every log source that can be simulated, in the order in which records of the same instant appear. */
export const LENSES: readonly Lens[] = [
  webAccess,
  applicationOtp,
  awsCloudtrail,
  twilioVerify,
  twilioMessaging,
  awsSns,
  twilioMonitor,
  awsSmsVoice,
  awsCognito,
  vonageVerify,
  sinchVerification,
  azureAcs,
  azureAcsDelivery,
  awsWaf,
  cloudflareHttp,
  oktaSystem,
  auth0Tenant,
  googleIdentity,
  googleAudit,
  twilioErrors,
  vonageAudit,
  azureEntra,
  awsCloudwatch,
  infobipSms,
];

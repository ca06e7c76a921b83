import type { Lens } from '../lens';
import { applicationOtp } from './application-otp';
import { awsCloudtrail } from './aws-cloudtrail';
import { awsSns } from './aws-sns';
import { twilioMessaging } from './twilio-messaging';
import { twilioMonitor } from './twilio-monitor';
import { twilioVerify } from './twilio-verify';
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
];

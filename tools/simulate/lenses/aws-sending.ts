import type { Send, Visit } from '../happening';
import { below, uuid } from '../random';
import type { World } from '../world';
import type { Call } from './aws-call';

/** Where the product's own servers stand, and how many there are (ours). */
const SERVERS = { address: '198.51.100.250', count: 3 };

/** Whoever has the deployment's access key calls from one machine of his own (ours). */
const KEY_HOLDER = '192.0.2.66';

/**
 * The call by which End User Messaging is asked for a text. The product's servers call under its role; what is sent past the product is sent with the
 * access key of the user `deploy`, be it stolen or not.
 */
export function sendingOf(visit: Visit, send: Send, world: World): Call {
  const { account, region } = world.aws!;
  const past = visit.entry === 'provider';
  const phone = `phone-${world.web.service}`;
  return {
    service: 'sms-voice',
    name: 'SendTextMessage',
    readOnly: false,
    address: past ? KEY_HOLDER : SERVERS.address,
    userAgent: past ? 'aws-cli/2.17.20' : 'aws-sdk-java/2.31.60',
    user: past ? 'deploy' : world.web.service,
    ...(!past && { session: `server-${1 + below(send.key, 'server', SERVERS.count)}` }),
    parameters: {
      destinationPhoneNumber: visit.person.number,
      originationIdentity: phone,
      messageBody: 'HIDDEN_DUE_TO_SECURITY_REASONS',
    },
    data: {
      responseElements: { messageId: uuid(send.key) },
      resources: [
        {
          accountId: account,
          type: 'AWS::SMSVoice::OriginationIdentity',
          ARN: `arn:aws:sms-voice:${region}:${account}:phone-number/${phone}`,
        },
      ],
    },
  };
}

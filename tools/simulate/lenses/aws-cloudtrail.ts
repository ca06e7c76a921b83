import type { Event } from '@tollgate/sigma/values/event';
import type { Actor, Happening } from '../happening';
import type { Lens } from '../lens';
import { between, child, uuid } from '../random';
import type { AwsCall } from '../change';
import type { Flow, World } from '../world';
import { identityOf, type Call } from './aws-call';
import { sendingOf } from './aws-sending';
import { cognitoSub } from './ids';
import { wholeSeconds } from './times';

const HIDDEN = 'HIDDEN_DUE_TO_SECURITY_REASONS';

/**
 * CloudTrail: what browsers call at the Cognito user pool, what administrators change at Cognito, SNS and End User Messaging, and
 * the data events of what End User Messaging is asked to send. Only those show a number; a Publish to one at SNS is not in it at all.
 */
export const awsCloudtrail: Lens = {
  source: 'aws.cloudtrail',
  runs: ['cognito', 'sns', 'end_user_messaging'],
  clock: 1000,
  sees: (happening, world) => callOf(happening, world) !== null,
  record(happening, world) {
    const call = callOf(happening, world)!;
    const key = child(happening.key, 'call', happening.step);
    return {
      eventVersion: '1.09',
      eventID: uuid(key),
      eventTime: wholeSeconds(happening.time),
      eventSource: `${call.service}.amazonaws.com`,
      eventName: call.name,
      eventType: 'AwsApiCall',
      eventCategory: call.data ? 'Data' : 'Management',
      managementEvent: !call.data,
      readOnly: call.readOnly,
      awsRegion: call.service === 'iam' ? 'us-east-1' : (call.region ?? world.aws!.region),
      recipientAccountId: world.aws!.account,
      requestID: uuid(child(key, 'request')),
      sourceIPAddress: call.address,
      userAgent: call.userAgent,
      ...(call.error && { errorCode: call.error, errorMessage: call.error }),
      userIdentity: call.user === null ? { type: 'Unknown', accountId: world.aws!.account } : identityOf(call, world),
      ...(call.parameters && { requestParameters: call.parameters }),
      ...(call.sub && { additionalEventData: { sub: call.sub } }),
      ...call.data,
    };
  },
  delay: (key) => Math.round(between(key, 'trail', 120_000, 600_000) + between(key, 'late', 0, 120_000)),
};

/** What a browser calls at the user pool: for a code, for another one, and with the code. */
const CALLS: Partial<Record<Flow['purpose'], { first: string; again: string; answer: string }>> = {
  signup: { first: 'SignUp', again: 'ResendConfirmationCode', answer: 'ConfirmSignUp' },
  login: { first: 'InitiateAuth', again: 'InitiateAuth', answer: 'RespondToAuthChallenge' },
  password_reset: { first: 'ForgotPassword', again: 'ForgotPassword', answer: 'ConfirmForgotPassword' },
  phone_change: {
    first: 'GetUserAttributeVerificationCode',
    again: 'GetUserAttributeVerificationCode',
    answer: 'VerifyUserAttribute',
  },
};

function callOf(happening: Happening, world: World): Call | null {
  if (happening.kind === 'change') {
    const { change, by } = happening;
    return change.aws ? administratorsCall(change.aws, by, world) : null;
  }
  if (happening.kind === 'send' && happening.send.provider === 'end_user_messaging') {
    return sendingOf(happening.visit, happening.send, world);
  }
  const { visit } = happening;
  if (visit.flow.provider !== 'cognito') return null;
  const { address = '', userAgent = '' } = visit.person.client ?? {};
  if (visit.entry === 'administrator') {
    if (happening.kind !== 'send') return null;
    const invitation: AwsCall = { service: 'cognito-idp', call: 'AdminCreateUser' };
    return administratorsCall(invitation, { name: 'deploy', address, userAgent }, world);
  }
  const publicCall = (name: string, error?: string): Call => ({
    service: 'cognito-idp',
    name,
    readOnly: false,
    address,
    userAgent,
    user: null,
    parameters: { clientId: world.aws!.client_id, username: HIDDEN },
    sub: cognitoSub(visit.person.key),
    ...(error && { error }),
  });
  const calls = CALLS[visit.flow.purpose];
  if (!calls) return null;
  switch (happening.kind) {
    case 'request':
      if (visit.entry !== 'form' || happening.stopped !== null) return null;
      return publicCall(happening.attempt === 1 ? calls.first : calls.again);
    case 'check':
      return publicCall(calls.answer, happening.right ? undefined : 'CodeMismatchException');
    case 'page':
    case 'send':
    case 'handed_over':
    case 'done':
    case 'expiry':
      return null;
  }
}

function administratorsCall(call: AwsCall, by: Actor, world: World): Call {
  return {
    service: call.service,
    name: call.call,
    readOnly: call.read_only ?? false,
    ...(call.region && { region: call.region }),
    address: by.address,
    userAgent: by.userAgent,
    user: by.name,
    ...parametersOf(call, world),
    ...(call.error && { error: call.error }),
  };
}

function parametersOf(call: AwsCall, world: World): { parameters?: Event } {
  if (call.attributes) return { parameters: { attributes: call.attributes } };
  if (call.service !== 'cognito-idp') return {};
  const ofOneUser = call.call.startsWith('Admin');
  return { parameters: { userPoolId: world.aws!.user_pool_id, ...(ofOneUser && { username: HIDDEN }) } };
}

import type { Event } from '@tollgate/sigma/values/event';
import type { AwsCall } from '../change';
import type { World } from '../world';

/** What is called, by whom and from where. */
export interface Call {
  service: AwsCall['service'];
  name: string;
  readOnly: boolean;
  /** The world's own Region where left out. */
  region?: string;
  address: string;
  userAgent: string;
  /** An IAM user or, where there is a session, a role; null where anybody may call. */
  user: string | null;
  session?: string;
  parameters?: Event;
  sub?: string;
  error?: string;
  /** What only a data event has. */
  data?: Event;
}

/** Who called, as CloudTrail writes it. */
export function identityOf({ user, session }: Call, world: World): Event {
  const account = world.aws!.account;
  const issuer = `arn:aws:iam::${account}:${session === undefined ? 'user' : 'role'}/${user}`;
  if (session === undefined) return { type: 'IAMUser', arn: issuer, accountId: account, userName: user };
  return {
    type: 'AssumedRole',
    arn: `arn:aws:sts::${account}:assumed-role/${user}/${session}`,
    accountId: account,
    sessionContext: { sessionIssuer: { type: 'Role', arn: issuer, userName: user } },
  };
}

/** A finding that is true and stays: what it looks like, and why it does. */
interface Standing {
  finding: RegExp;
  why: string;
}

/** What the audit finds and nobody has mended. A change of a world or a lens asks for a new measurement, so these wait for one. */
export const STANDING: readonly Standing[] = [
  {
    finding: /^staff-portal: 'leave at the form/,
    why: 'the published share is of newcomers; who comes to a portal of work has to log in, and a tenth is ours',
  },
  {
    finding: /^Twilio pumping protection blocks many messages to one country: nothing benign/,
    why: 'the honest festival whose codes Twilio stops has one an hour and country, and nobody publishes how large such a thing gets; a larger one is to be written when the worlds are measured anew',
  },
  {
    finding: /^Texts to expensive countries asked for by an address that never asked before.*: nothing benign/,
    why: 'the honest senders that begin in these worlds text usual countries, but for a launch; one that begins with an expensive country is to be written when the worlds are measured anew',
  },
  {
    finding: /^Dollars in a day for more messages to one mobile network.*End User Messaging: nothing benign/,
    why: 'a launch on the four days of the audit sends to few people of each network; in the longer measurement one comes to two fifths',
  },
  {
    finding: /gives it away .*aws\.cloudwatch, SMSMonthToDateSpentUSD/,
    why: 'what SNS has spent since the month began is the sum that a campaign adds to: that is the signal itself, and scenarios have no word for it yet',
  },
  {
    finding:
      /: (c-ip|ClientIP|ClientASN|securityContext\.asNumber|client\.ip|client\.ipAddress|client\.fingerprint|sourceIPAddress|httpRequest\.clientIp|JA4|ClientRequestUserAgent|BotScore|labels\.name) gives it away/,
    why: 'ordinary addresses change since they rotate, and those of a campaign that comes like anyone do not yet change as they do; mending that asks for a new measurement',
  },
  {
    finding: /outcome is declared, but tells nothing/,
    why: 'the outcome shows in another source of the same scenario, or in too few records to tell',
  },
  {
    finding:
      /(users of this business to a carrier's shared address|numbers of the fullest block that are this business's users|^island-app: 'leave at the form)/,
    why: 'the new worlds are larger than those from which the range was taken; they are to be held against figures of their own size',
  },
];

/** The finding with the reason why it stands, where there is one. */
export function withReason(finding: string): string {
  const known = STANDING.find((one) => one.finding.test(finding));
  return known ? `${finding}. It stands: ${known.why}.` : finding;
}

/** A finding that is true and accepted: what it looks like, and why. */
interface Standing {
  finding: RegExp;
  why: string;
}

/** What the audit finds and nobody has mended. A change of a world or a lens asks for a new measurement, so these wait for one. */
export const STANDING: readonly Standing[] = [
  {
    finding: /^staff-portal: 'leave the form/,
    why: 'the published share is of new users; people have to log in to a staff portal, and a tenth is our own assumption',
  },
  {
    finding: /^Twilio pumping protection blocks many messages to one country: nothing benign/,
    why: 'in the honest festival Twilio blocks one code per hour and country, and nobody publishes how many it can be; a larger one is to be written when the worlds are measured again',
  },
  {
    finding: /^Texts to expensive countries asked for by an address that never asked before.*: nothing benign/,
    why: 'except in a launch, the honest senders that start in these worlds text the usual countries; one that starts with an expensive country is to be written when the worlds are measured again',
  },
  {
    finding: /^Dollars in a day for more messages to one mobile network.*End User Messaging: nothing benign/,
    why: 'a launch within the four days of the audit sends to few people of each network; in the longer measurement one comes to two fifths of the threshold',
  },
  {
    finding: /^More (dollars|money) a (day|week) for .* expensive countries than usual, .*: nothing benign/,
    why: 'in these worlds nobody opens an expensive country for as long as the sum takes; a launch that goes on for a week is to be written when the worlds are measured again',
  },
  {
    finding: /gives it away .*aws\.cloudwatch, SMSMonthToDateSpentUSD/,
    why: 'what SNS has spent since the month began is the very sum that a campaign adds to: it is the signal itself, and scenarios have no word for it yet',
  },
  {
    finding:
      /: (c-ip|ClientIP|ClientASN|securityContext\.asNumber|client\.ip|client\.ipAddress|client\.fingerprint|sourceIPAddress|httpRequest\.clientIp|JA4|ClientRequestUserAgent|BotScore|labels\.name) gives it away/,
    why: 'ordinary clients now change their addresses, and a campaign that poses as ordinary clients does not yet change them in the same way; mending that requires a new measurement',
  },
  {
    finding: /outcome is declared, but tells nothing/,
    why: 'the outcome shows in another source of the same scenario, or in too few records to tell',
  },
  {
    finding:
      /(users of this business per shared address of a carrier|numbers of the fullest block that users of this business have|^island-app: 'leave the form)/,
    why: 'the new worlds are larger than those from which the range was taken; they need published figures for their own size',
  },
];

/** The finding with the reason why it is accepted, where there is one. */
export function withReason(finding: string): string {
  const known = STANDING.find((one) => one.finding.test(finding));
  return known ? `${finding}. Accepted: ${known.why}.` : finding;
}

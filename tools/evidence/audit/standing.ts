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
];

/** The finding with the reason why it stands, where there is one. */
export function withReason(finding: string): string {
  const known = STANDING.find((one) => one.finding.test(finding));
  return known ? `${finding}. It stands: ${known.why}.` : finding;
}

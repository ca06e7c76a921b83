import type { Event } from '@tollgate/sigma/values/event';
import { cumulate, pick } from '../math';
import { below, chance, child, rootKey, unit } from '../random';

/** Of any number and any asker Lookup has one answer. */
const LOOKUP = rootKey(0, 'twilio-lookup');

/** Lines of ordinary numbers (ours): most are mobile, some give their desk's or a number of the internet, and a few mistype. */
const LINES = {
  mobile: 0.97,
  nonFixedVoip: 0.012,
  landline: 0.008,
  fixedVoip: 0.005,
  unknown: 0.0045,
  sharedCost: 0.0003,
  premium: 0.0002,
};
const NAMES = Object.keys(LINES);
const SHARES = cumulate(Object.values(LINES));

/**
 * What Twilio Lookup says of a number, under the names of `application.otp`. How its scores are spread is published nowhere. Nine in ten of ordinary
 * numbers have less than 20, as in the sample of another vendor's risks (reCAPTCHA: 92 % below 0.2 of 1); how the rest goes on, so
 * that seven of a thousand have 75 or more, is ours. Of a number of which it warns it says 75 to 100, or, of one in ten (ours), that it is premium.
 */
export function lookupOf(number: string, warned = false): Event {
  const key = child(LOOKUP, number);
  if (!warned)
    return { sms_pumping_risk: ordinaryScore(unit(key, 'score')), line_type: NAMES[pick(SHARES, unit(key, 'line'))]! };
  return chance(key, 'premium', 0.1)
    ? { sms_pumping_risk: ordinaryScore(unit(key, 'score')), line_type: 'premium' }
    : { sms_pumping_risk: 75 + below(key, 'score', 26), line_type: 'mobile' };
}

function ordinaryScore(draw: number): number {
  const low = 0.92;
  if (draw < low) return Math.floor((draw / low) * 20);
  return 20 + Math.floor(81 * ((draw - low) / (1 - low)) ** 4);
}

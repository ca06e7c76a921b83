import { NotExportable } from '../target';
import type { Member, SlidingWindow, Source } from './types';

/** The members of a window as each of its events counts; throws a `NotExportable` where one that satisfies several rules would have to count in two ways. */
export function countedMembers({ members, quantity: { kind } }: SlidingWindow): readonly Member[] {
  return kind === 'rules' || kind === 'ordered' ? members : once(members);
}

/** An event that satisfies several rules is counted once: those of one source are one source with either predicate. */
function once(members: readonly Member[]): Member[] {
  const merged: Member[] = [];
  for (const member of members) {
    const { of } = member;
    const before =
      of.op === 'source' ? merged.find((one) => one.of.op === 'source' && one.of.contract === of.contract) : undefined;
    if (!before || of.op !== 'source') merged.push({ ...member });
    else if (`${before.by.join()} ${before.values.join()}` === `${member.by.join()} ${member.values.join()}`)
      before.of = { ...of, predicate: { op: 'or', any: [(before.of as Source).predicate, of.predicate] } };
    else
      throw new NotExportable(
        'Rules of one source are grouped or counted by different fields, and an event of both counts once.',
      );
  }
  return merged;
}

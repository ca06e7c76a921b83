import { countedMembers } from '../plan/members';
import type { Member, SlidingWindow, Source } from '../plan/types';
import { NotExportable } from '../target';

/** One of a window's rules: the records that it matches, or those of the window that it is itself. */
export interface Input {
  /** Its place among the rules. */
  rule: number;
  sources: Source[];
  /** Fields of the records that make the window's group. */
  by: string[];
  /** Fields of the records that are counted. */
  values: string[];
  /** The window that is counted rather than its records, with the fields of these that make its group and that it counts. */
  inner?: { window: SlidingWindow; by: string[]; values: string[] };
}

/** What a window counts. Throws `NotExportable` for a window in a window in a window. */
export function inputsOf(window: SlidingWindow): Input[] {
  return countedMembers(window).map((member) => {
    const { rule, of, by, values } = member;
    return of.op === 'source' ? { rule, sources: [of], by, values } : overWindow(member, of);
  });
}

/** What is counted, by the field's own name where all rules call it so. */
export function valueNames(inputs: readonly Input[]): string[] {
  const [first, ...others] = inputs;
  return first!.values.map((field, i) =>
    others.every(({ values }) => values[i] === field) ? field : `value_${i + 1}`,
  );
}

function overWindow({ rule, by, values }: Member, window: SlidingWindow): Input {
  const members = countedMembers(window);
  const sources = members.map(({ of }) => {
    if (of.op === 'source') return of;
    throw new NotExportable('Correlations of correlations of correlations are not written for Elastic.');
  });
  const [first, ...others] = members as [Member, ...Member[]];
  const named = (member: Member): string => JSON.stringify([member.by, member.values]);
  if (others.some((other) => named(other) !== named(first)))
    throw new NotExportable(
      'In a correlation of correlations, sources with different names for a field are not written for Elastic.',
    );
  const inner = { window, by: first.by, values: first.values };
  return { rule, sources, by: by.map((name) => first.by[window.by.indexOf(name)]!), values, inner };
}

import { colour as pc } from '../../foundation/content/colour';
import { MARKS } from './rows';
import { fold } from './width';

/** What the marks, columns and lines of a replay's report say. */
export function legend(columns: number): string[] {
  // No line breaks between a mark and its meaning: the space between is one that does not break.
  const marks = [
    `${MARKS.pass}\u00a0inside its budget`,
    `${MARKS['not-proven']}\u00a0inside it so far, which proves nothing yet`,
    `${MARKS['no-budget']}\u00a0no budget: nothing to pass`,
    `${MARKS['not-tested']}\u00a0never tested: nothing of it occurred`,
    `${MARKS.fail}\u00a0fails, and says why`,
  ];
  const figures = [
    `${pc.bold('caught')}: of the campaigns that its sources show`,
    `${pc.bold('blind')}: those that they do not show`,
    `${pc.bold('benign a day')}: episodes of ordinary traffic, with the 95 % interval or the bound`,
    `${pc.bold('nearest')}: how near anything benign came to the threshold`,
    `${pc.bold('first alert')} and what was ${pc.bold('lost')} by then: medians of the caught`,
  ];
  const lines = [
    `${pc.bold('missed')}: campaigns that were not caught`,
    `${pc.yellow('raised')}: benign activity that set it off`,
  ];
  return [
    ...fold('Marks      ', marks.join(', '), columns),
    ...fold('Columns    ', figures.join('; '), columns),
    ...fold('Lines      ', lines.join('; '), columns),
  ];
}

import { Dice } from './sql/dice';

const ODD = [...'\'"\\$%_^|*?#-/;:{}()[]\n\r\t\0aZ Äßİ€😀é\u2028`'];
const SNIPPETS = ["';--", '$$', '${x}', '%s', '\\n', "\\'", "''", '/*', '*/', '{{x}}', 'chr(0)'];

/** Texts of the characters that mean something to some language, and whole snippets of them. */
export function oddTexts(count: number, seed: number): string[] {
  const dice = new Dice(seed);
  return dice.times(count, () =>
    dice.times(dice.whole(0, 8), () => (dice.chance(0.2) ? dice.pick(SNIPPETS) : dice.pick(ODD))).join(''),
  );
}

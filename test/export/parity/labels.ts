import { TARGETS } from '../../../tools/export/targets';
import type { WholeContent } from '../../../tools/export/target';

/** How far a target has been tried: the words for it, and who judged it. */
export interface Label {
  target: string;
  words: string;
  judge: string;
}

/** What the page of each target's export says of its proof. Throws an `Error` for a page that says nothing. */
export function labels(content: WholeContent): Label[] {
  return Object.entries(TARGETS).map(([target, print]) => {
    const text = /Proof[^:\n]*: \*\*[^]*?(?=\n\n)/.exec(print(content).files.get('README.md')!)?.[0];
    if (text === undefined) throw new Error(`the page of ${target} does not say how it was proved`);
    const words = [...text.matchAll(/Proof[^:\n]*: \*\*([^*]+)\*\*/g)].map(([, word]) => word!);
    const judge = text
      .replace(/^Proof: \*\*[^*]+\*\*\. /, '')
      .replaceAll('\n', ' ')
      .replaceAll('**', '');
    return { target, words: [...new Set(words)].join('; '), judge };
  });
}

import { address, fenced, plain, prose } from '../../foundation/content/markdown';
import type { Act } from './act';

/** Acts as a numbered list in Markdown, as an analyst does them; to stand alone, without our pages. */
export function guide(acts: readonly Act[]): string {
  return acts.map((act, index) => `${index + 1}. ${step(act)}`).join('\n');
}

function step({ title, console, call, undo, cost, reference }: Act): string {
  const lines = [
    `**${plain(title)}.** ${console ? prose(console) : ''}`.trim(),
    ...(call ? ['', fenced('text', call), ''] : []),
    `Undo: ${prose(undo)} Cost to honest users: ${prose(cost)} See ${address(reference)}.`,
  ];
  // Below a number, what is set in by its width belongs to it.
  return lines
    .join('\n')
    .split('\n')
    .map((line, at) => (at === 0 || line === '' ? line : `   ${line}`))
    .join('\n');
}

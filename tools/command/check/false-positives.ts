import type { Reporter } from '@tollgate/sigma/rules/reporter';
import type { MeasuredDetector } from '../../evidence/measure/results';
import { textsAt } from './content';

/**
 * Holds `falsepositives` against what the measurement saw in these worlds: each benign scenario that raised the rule or query is named, and
 * each that is named raised it, or came nearest to its threshold, in some world. `isWhole`: nothing that it reads was left out of the worlds.
 */
export function holdFalsePositives(
  value: unknown,
  { specials, worlds }: MeasuredDetector,
  judged: ReadonlySet<string>,
  isWhole: boolean,
  reporter: Reporter,
): void {
  const named = textsAt(value, 'falsepositives').map(({ text, index }) => ({ name: text.split(':')[0]!, index }));
  const raised = new Map<string, { episodes: number; occurrences: number }>();
  for (const { world, scenario, episodes, occurrences } of specials) {
    if (!judged.has(world) || episodes === 0) continue;
    const known = raised.get(scenario) ?? { episodes: 0, occurrences: 0 };
    raised.set(scenario, { episodes: known.episodes + episodes, occurrences: known.occurrences + occurrences });
  }
  for (const [scenario, { episodes, occurrences }] of raised) {
    if (named.some(({ name }) => name === scenario)) continue;
    const message = `the measurement has '${scenario}' raise it (${episodes} episodes in ${occurrences}), and 'falsepositives' does not name it`;
    reporter.error(
      'false-positive-untold',
      ['falsepositives'],
      message,
      `add "${scenario}: <what tells it from an attack>"`,
    );
  }
  if (!isWhole) return;
  const nearest = new Set(worlds.map((world) => world.nearest));
  for (const { name, index } of named) {
    if (raised.has(name) || nearest.has(name)) continue;
    const message = `in the measurement '${name}' neither raised it nor came nearest to its threshold`;
    reporter.error(
      'false-positive-unseen',
      ['falsepositives', index],
      message,
      'leave it out: it promises a doubt that there is not',
    );
  }
}

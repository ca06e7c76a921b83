import type { Reporter } from '@tollgate/sigma/rules/reporter';
import type { MeasuredDetector } from '../../evidence/measure/results';
import { textsAt } from './content';

/**
 * Holds `falsepositives` against what the measurement saw in these worlds: each benign scenario that raised the rule or query is named, and each
 * that is named occurred before it. One that occurred and raised nothing may still do so in more days than were measured.
 */
export function holdFalsePositives(
  value: unknown,
  { specials, worlds }: MeasuredDetector,
  judged: ReadonlySet<string>,
  reporter: Reporter,
): void {
  const texts = textsAt(value, 'falsepositives');
  const named = new Set(texts.map(({ text }) => nameIn(text)));
  // What is new occurs only in the next measurement of its worlds.
  const isCurrent = worlds.every(({ world }) => judged.has(world));
  for (const { text, index } of isCurrent ? texts : []) {
    const scenario = nameIn(text);
    if (specials.some((special) => special.scenario === scenario)) continue;
    const message = `the measurement has no '${scenario}' in a world that records what it reads`;
    reporter.error(
      'false-positive-unseen',
      ['falsepositives', index],
      message,
      'name a scenario that occurs there, or add one to datasets/benign',
    );
  }
  const raised = new Map<string, { episodes: number; occurrences: number }>();
  for (const { world, scenario, episodes, occurrences } of specials) {
    if (!judged.has(world) || episodes === 0) continue;
    const known = raised.get(scenario) ?? { episodes: 0, occurrences: 0 };
    raised.set(scenario, { episodes: known.episodes + episodes, occurrences: known.occurrences + occurrences });
  }
  for (const [scenario, { episodes, occurrences }] of raised) {
    if (named.has(scenario)) continue;
    const message = `the measurement has '${scenario}' raise it (${episodes} episodes in ${occurrences}), and 'falsepositives' does not name it`;
    reporter.error(
      'false-positive-untold',
      ['falsepositives'],
      message,
      `add "${scenario}: <what tells it from an attack>"`,
    );
  }
}

/** The scenario with which a text begins. */
function nameIn(text: string): string {
  return text.split(':')[0]!;
}

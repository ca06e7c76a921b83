import type { Reporter } from '@tollgate/sigma/rules/reporter';
import type { MeasuredDetector } from '../../evidence/measure/results';
import { textsAt } from './content';

/**
 * Holds `falsepositives` against what the measurement saw in these worlds: each benign scenario that raised the rule or query is named. One that is named
 * and raised nothing may still do so in more days than were measured.
 */
export function holdFalsePositives(
  value: unknown,
  { specials }: MeasuredDetector,
  judged: ReadonlySet<string>,
  reporter: Reporter,
): void {
  const named = new Set(textsAt(value, 'falsepositives').map(({ text }) => text.split(':')[0]!));
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

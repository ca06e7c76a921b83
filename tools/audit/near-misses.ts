import type { UnitResult } from '../replay/unit';
import { NEAR } from '../replay/verdict';
import type { AuditOptions, Cell, Part, PartResult } from './part';
import { detectorsOf, extentText, trials } from './trial';

/** How near benign activity comes to each threshold, and whose. */
export const nearMisses: Part = { name: 'near-misses', title: 'Near misses', run };

async function run(options: AuditOptions): Promise<PartResult> {
  const { worlds } = options;
  const units = await trials(options);
  const lines = detectorsOf(units).map(({ id, title }) => lineOf(id, title, units));
  return {
    part: nearMisses.name,
    title: nearMisses.title,
    about:
      `The nearest that anything benign came to the threshold of each rule and query, and the scenario that did it: 100 % reaches it. ` +
      `A detector that nothing benign brings to ${NEAR * 100} % in any world is not tested by its silence. Alerts on single events have no measure. ${extentText(worlds)}`,
    tables: [
      {
        title: 'Nearest benign activity',
        columns: ['rule or query', ...worlds.map(({ name }) => name)],
        rows: lines.map(({ row }) => row),
      },
    ],
    findings: lines.flatMap(({ finding }) => finding),
  };
}

function lineOf(id: string, title: string, units: UnitResult[]): { row: Cell[]; finding: string[] } {
  const judgements = units.map(({ detectors }) => detectors.find(({ detector }) => detector.id === id)?.judgement);
  const cells = judgements.map((judgement): string | null => {
    if (!judgement || judgement.days === 0 || judgement.nearness === null) return null;
    return `${Math.round(judgement.nearness * 100)} % ${judgement.nearest ?? 'ordinary traffic'}`;
  });
  const nearest = judgements.flatMap((judgement) =>
    judgement?.days && judgement.nearness !== null ? [judgement.nearness] : [],
  );
  const isFar = nearest.length > 0 && Math.max(...nearest) < NEAR;
  return {
    row: [title, ...cells],
    finding: isFar ? [`${title}: nothing benign comes nearer than ${Math.round(Math.max(...nearest) * 100)} %`] : [],
  };
}

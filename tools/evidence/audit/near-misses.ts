import type { UnitResult } from '../replay/unit';
import { NEAR } from '../replay/verdict';
import type { AuditOptions, Cell, AuditPart, PartResult } from './part';
import { detectorsOf, extentText, trials } from './trial';

/** How near benign activity comes to each threshold, and whose. */
export const nearMisses: AuditPart = {
  name: 'near-misses',
  title: 'Near misses',
  weight: 0.15,
  ofDetectors: true,
  run,
};

async function run(options: AuditOptions): Promise<PartResult> {
  const { worlds } = options;
  const units = await trials(options);
  const lines = detectorsOf(units).map(({ id, title }) => lineOf(id, title, units));
  return {
    part: nearMisses.name,
    title: nearMisses.title,
    about:
      `How near anything benign came to the threshold of each rule and query (100 %), and in which scenario. ` +
      `Where nothing benign brings a rule or query to ${NEAR * 100} % in any world, its silence proves nothing. Alerts on single events have no threshold to come near. ${extentText(worlds)}`,
    tables: [
      {
        title: 'Nearest benign activity',
        columns: ['rule or query', 'worlds', 'nearest', 'by', 'in'],
        rows: lines.map(({ row }) => row),
      },
    ],
    findings: lines.flatMap(({ finding }) => finding),
  };
}

function lineOf(id: string, title: string, units: UnitResult[]): { row: Cell[]; finding: string[] } {
  const judgements = units.flatMap(({ detectors }) =>
    detectors.filter(({ detector }) => detector.id === id).map(({ judgement }) => judgement),
  );
  const tried = judgements.filter(({ days }) => days > 0);
  const measured = tried.flatMap(({ nearness, nearest, world }) =>
    nearness === null ? [] : [{ nearness, by: nearest ?? 'ordinary traffic', world }],
  );
  const [closest] = measured.sort((a, b) => b.nearness - a.nearness);
  if (!closest) return { row: [title, tried.length, null, null, null], finding: [] };
  const { nearness, by, world } = closest;
  const isFar = nearness < NEAR;
  return {
    row: [title, tried.length, { value: nearness, kind: 'share', ...(isFar && { wrong: true }) }, by, world],
    finding: isFar ? [`${title}: nothing benign comes nearer than ${Math.round(nearness * 100)} %`] : [],
  };
}

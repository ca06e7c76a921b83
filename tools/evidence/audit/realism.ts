import { buildDataset } from '../../simulate/dataset';
import type { Scenario } from '../../simulate/scenario';
import type { World } from '../../simulate/world';
import { FIGURES, type Figure, type Observed } from './figures';
import type { AuditOptions, MeasuredNumber, AuditPart, PartResult } from './part';
import { SENDS_PER_DAY } from './samples';
import { daysOf, Share, OrdinaryTraffic } from './traffic';
import { worldSteps } from './world-steps';

const SEED = 9;
const DAYS_OF_CAMPAIGNS = 4;

/** The generated distributions compared with published figures. */
export const realism: AuditPart = {
  name: 'realism',
  title: 'Realism',
  weight: 0.06,
  run: (options) => Promise.resolve(realismOf(options)),
};

function realismOf({ worlds, scenarios, progress }: AuditOptions): PartResult {
  const steps = worldSteps(worlds, progress);
  const observed = worlds.map((world): Observed => {
    steps.next().update('', 0);
    return { traffic: new OrdinaryTraffic(world, SEED), prices: pricesIn(world, scenarios) };
  });
  const measured = FIGURES.map((figure) => ({ figure, cells: observed.map((one) => measure(figure, one)) }));
  const days = worlds.map((world) => `${world.name} ${daysOf(world)}`).join(', ');
  return {
    part: 'realism',
    title: realism.title,
    about:
      `Ordinary traffic as it happens, before any log records it, compared with published figures. Seed ${SEED}; days: ${days}. ` +
      `A world outside the published range is a finding, marked ✗; a share must be outside by more than three standard errors. Prices are those of ordinary messages and of all campaigns that the world can have.`,
    tables: [
      {
        title: 'Generated and published figures',
        columns: ['figure', 'lowest', 'highest', 'published from', 'to', 'source'],
        rows: measured.map(({ figure, cells }) => {
          const bounds = (figure.range ?? [null, null]).map((value) =>
            value === null ? null : { value, kind: figure.kind },
          );
          const found = cells.filter((cell) => cell !== null).sort((a, b) => a.value - b.value);
          return [figure.name, found[0] ?? null, found.at(-1) ?? null, ...bounds, figure.source];
        }),
      },
      {
        title: 'Generated in each world',
        columns: ['figure', ...worlds.map(({ name }) => name)],
        rows: measured.map(({ figure, cells }) => [figure.name, ...cells]),
      },
    ],
    findings: measured.flatMap(({ figure, cells }) =>
      cells.flatMap((cell, index) =>
        cell?.wrong
          ? [
              `${worlds[index]!.name}: '${figure.name}' is ${digits(cell.value)}, outside ${figure.range!.map(digits).join(' to ')}`,
            ]
          : [],
      ),
    ),
  };
}

/** Three digits, without an exponent. */
function digits(value: number): number {
  return Number(value.toPrecision(3));
}

function measure({ kind, range, measure }: Figure, observed: Observed): MeasuredNumber | null {
  const found = measure(observed);
  const value = typeof found === 'number' ? found : (found?.value ?? null);
  if (value === null) return null;
  const chance = found instanceof Share ? 3 * Math.sqrt((value * (1 - value)) / found.all) : 0;
  return { value, kind, ...(range && (value < range[0] - chance || value > range[1] + chance) && { wrong: true }) };
}

/** What messages cost in USD, by the rate card. Nothing is recorded for it. */
function pricesIn(world: World, scenarios: Scenario[]): Observed['prices'] {
  const sums = { benign: { usd: 0, messages: 0 }, malicious: { usd: 0, messages: 0 } };
  const set = buildDataset({
    world,
    scenarios: scenarios.filter(({ kind }) => kind === 'malicious'),
    contracts: new Map(),
    seed: SEED,
    days: DAYS_OF_CAMPAIGNS,
    history: { days: 0, sources: [] },
    scale: Math.min(1, SENDS_PER_DAY / world.sends_per_day),
  });
  const events = set.events(({ label, usd }) => {
    const sum = sums[label.kind === 'malicious' ? 'malicious' : 'benign'];
    sum.usd += usd;
    sum.messages++;
  });
  if (!events[Symbol.iterator]().next().done) throw new Error('a source without a contract was recorded');
  const mean = ({ usd, messages }: { usd: number; messages: number }) => (messages === 0 ? null : usd / messages);
  return { benign: mean(sums.benign), malicious: mean(sums.malicious) };
}

import { expect } from 'chai';
import { findLayout } from '../../../tools/command/check/layout';
import { loadContent } from '../../../tools/command/check/load';
import { MemoryEngine } from '../../../tools/detection/engine/memory-engine';
import { subjectOfQuery, subjectOfRule } from '../../../tools/evidence/explain/subject';
import { historyFor } from '../../../tools/evidence/measure/unit';
import { closure } from '../../../tools/evidence/replay/rule-detector';
import { replay } from '../../../tools/evidence/replay/run';
import type { TunePoint } from '../../../tools/evidence/tune/result';
import { tune } from '../../../tools/evidence/tune/run';
import { tuneSubjectOf } from '../../../tools/evidence/tune/subject';
import { buildDataset } from '../../../tools/simulate/dataset';
import { loadDatasets } from '../../../tools/simulate/load';

const PROGRESS = { update: () => undefined };
const DAYS = 1;
/** A few, which all occur on a day of the shop. */
const SCENARIOS = ['leased-block-run', 'resend-abuse', 'country-launch', 'client-double-send', 'low-and-slow'];

describe('a sweep', () => {
  const layout = findLayout([]);
  const loaded = loadDatasets(layout.datasets, layout);
  const { worlds } = loaded;
  const scenarios = loaded.scenarios.filter(({ name }) => SCENARIOS.includes(name));
  const world = worlds.find(({ name }) => name === 'regional-shop')!;
  const { content, filters } = loadContent(layout, { datasets: false });
  const { sigma, hunts, contracts } = content;
  const documents = [...content.rules, ...content.queries];
  const explained = { rules: sigma, filters, contracts, documents };

  const run = (file: string, parameter: string, values: number[]) => {
    const rule = sigma.find((one) => one.file.endsWith(`/${file}.yml`));
    const query = hunts.find((one) => one.file.endsWith(`/${file}.yml`));
    const one = rule ? subjectOfRule(rule, explained) : subjectOfQuery(query!, explained);
    const subject = tuneSubjectOf(one, documents, contracts);
    const history = historyFor(query ? [query] : []);
    return tune({
      subject,
      sweeps: [{ parameter: subject.parameters.find(({ name }) => name === parameter)!, values }],
      datasetsOf: (seed) => [
        buildDataset({ world, scenarios, contracts: subject.contracts, seed, days: DAYS, history }),
      ],
      ...{ seeds: [1], reportSeeds: [2], engine: new MemoryEngine(), progress: PROGRESS },
    });
  };

  /** What a plain replay, of every source, finds with a value, as far as a sweep tells it. */
  const replayed = async (file: string, name: string, value: number, seed: number): Promise<Partial<TunePoint>> => {
    const changed = loadContent(layout, { datasets: false, parameters: [{ name, text: String(value) }] }).content;
    const byId = new Map(changed.sigma.map((rule) => [rule.id, rule]));
    const isOf = (one: { file: string }) => one.file.endsWith(`/${file}.yml`);
    const [rule] = changed.sigma.filter(isOf);
    const queries = changed.hunts.filter(isOf);
    const options = { world, scenarios, contracts, seed, days: DAYS, history: historyFor(queries) };
    const report = await replay({
      rules: rule ? closure(rule, byId) : [],
      ...{ queries, contracts, datasets: [buildDataset(options)], engines: [new MemoryEngine()], progress: PROGRESS },
    });
    const { campaigns, outcomes, benign, specials } = [...report.rules, ...report.queries][0]!;
    const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);
    return {
      value,
      campaigns: { present: campaigns.present - campaigns.blind, caught: campaigns.caught },
      usdLost: sum(outcomes.map(({ outcome, usd }) => (outcome === 'blind' ? 0 : usd))),
      ...{ alerts: benign.alerts, episodes: benign.episodes, days: benign.days },
      ...{ perDay: benign.perDay, interval: benign.interval },
      specials: sum(specials.map(({ episodes }) => episodes)),
    };
  };

  for (const [file, name, value, present] of [
    ['otp_block_burst', 'numbers', 6, 40],
    // Its number stands in a detection: other events match.
    ['twilio_verify_sends_used_up', 'sends', 3, 4],
    ['otp_country_unused', 'spread', 0.01, 0.15],
  ] as const)
    it(`finds at a value what a replay with that value finds: ${file}.${name} at ${value}`, async () => {
      const report = await run(file, name, [value]);
      const [{ parameter, points, choice, reported }] = report.parameters as [(typeof report.parameters)[number]];
      expect(points.map((point) => point.value).sort((a, b) => a - b)).to.deep.equal([value, present]);
      for (const [point, seed] of [
        [points.find((one) => one.value === value)!, 1],
        ...reported.map((one) => [one, 2] as const),
      ] as const)
        expect(point, `${point.value} with seed ${seed}`).to.deep.include(
          await replayed(file, parameter, point.value, seed),
        );
      expect(reported.map((one) => one.value)).to.include.members([present, choice]);
      const [low, high] = points as [TunePoint, TunePoint];
      expect(low.usd).to.equal(high.usd);
      expect(low.usd).to.be.above(low.usdLost);
    });
});

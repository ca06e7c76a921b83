import { expect } from 'chai';
import { evaluateHunt } from '../../../tools/detection/hunt/evaluate';
import { runsIn } from '../../../tools/detection/hunt/runs';
import type { HuntQuery } from '../../../tools/detection/hunt/types';
import { closure } from '../../../tools/evidence/replay/rule-detector';
import { Differences } from '../../../tools/export/lucene/fields';
import { eventSchedule, windowSchedule } from '../../../tools/export/schedule';
import { monitorOf } from '../../../tools/export/opensearch/monitor';
import { contractsOf } from '../../../tools/export/plan/contracts';
import { delayOf, reachOf } from '../../../tools/export/plan/reach';
import type { DetectorPlan, ExportDetector } from '../../../tools/export/plan/types';
import { casesOf, firstAlert } from '../sql/cases';
import { repository, type Repository } from '../sql/detectors';
import { alertsOf, held, huntInputs, matched, type Held } from '../sql/memory';
import { load, needsOpenSearch, runMonitor, storeScripts } from './engine';

const HOUR = 3_600_000;
/** So many cases of a detector are held; all of them where TOLLGATE_ALL_CASES is set. */
const MOST = process.env['TOLLGATE_ALL_CASES'] ? Infinity : 6;
/** So many detectors' cases are loaded at once. */
const TOGETHER = 20;

describe("this repository's detectors as monitors of OpenSearch", () => {
  let all: Repository;
  before(async function () {
    needsOpenSearch(this);
    all = repository();
    await storeScripts();
  });

  it(`find on ${MOST} cases of each the groups that memory finds`, async () => {
    const { contracts } = all.content;
    const { cases } = all.loaded.content;
    let found = 0;
    for (let first = 0; first < cases.length; first += TOGETHER) {
      let offset = 0;
      const files = cases.slice(first, first + TOGETHER).map((document) => {
        const one = casesOf(document, contracts, offset, MOST);
        offset += one.length;
        return { ...one, events: held(one.delivered, contracts) };
      });
      const events = files.flatMap((one) => one.events);
      for (const [source, contract] of contracts)
        await load(
          contract,
          events.filter((one) => one.source === source),
        );
      for (const { file, ends, events: own } of files)
        for (const { detector, plan } of all.plans.filter((one) => one.detector.id === file.rule))
          for (const end of ends) found += await holdsAt(detector, plan, own, events, end);
    }
    expect(found).to.be.greaterThan(all.plans.length / 2);
  });

  /** Holds a monitor's run at the end of a case against memory; gives how many groups or records there are. */
  async function holdsAt(
    detector: ExportDetector,
    plan: DetectorPlan,
    own: Held[],
    events: Held[],
    end: number,
  ): Promise<number> {
    const monitor = monitorOf(detector, plan, new Differences());
    const at = plan.kind === 'hunt' ? (firstAlert(detector as HuntQuery, own, end) ?? end + HOUR) : end + 1;
    const answer = await runMonitor(monitor, at);
    const said = `${detector.title} at ${new Date(at).toISOString()}`;
    if (plan.kind === 'events') {
      const after = at - eventSchedule().interval;
      const wanted = matched(detector as never, events, all.content.contracts).filter(
        ({ ingested }) => ingested > after && ingested <= at,
      );
      expect(answer.hits, said).to.equal(wanted.length);
      return wanted.length;
    }
    const wanted = plan.kind === 'hunt' ? rowsAt(detector as HuntQuery, own, at) : groupsAt(detector, plan, own, at);
    expect(answer.groups, said).to.deep.equal(wanted);
    return wanted.length;
  }

  function rowsAt(query: HuntQuery, events: Held[], at: number): string[][] {
    const { everyMs, delayMs } = query.schedule!;
    const run = runsIn(query, { start: at - everyMs - delayMs, end: at }).at(-1)!;
    return texts(evaluateHunt(query, huntInputs(query, events), run).rows);
  }

  /** Those of memory whose condition held at a step within the time that the run looks back on. */
  function groupsAt(
    detector: ExportDetector,
    plan: DetectorPlan & { kind: 'episodes' },
    events: Held[],
    at: number,
  ): string[][] {
    const { rules, contracts } = all.content;
    const { window } = plan;
    const since = window.timespanMs + delayOf(window) + windowSchedule(reachOf(window), contractsOf(plan)).interval;
    const needed = closure(detector as never, new Map(rules.map((rule) => [rule.id, rule])));
    const seen = events.filter(({ ingested }) => ingested <= at);
    const alerts = alertsOf(needed, seen, contracts).get(detector.id)!;
    return texts(alerts.filter(({ end }) => end > at - since && end <= at));
  }

  function texts(found: readonly { group: Record<string, unknown> }[]): string[][] {
    const groups = found.map(({ group }) => Object.values(group).map(String));
    return [...new Map(groups.map((group) => [group.join('\0'), group])).values()].sort();
  }
});

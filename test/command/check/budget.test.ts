import { sectionOf } from '../../../tools/detection/rules/section';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync, cpSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { budgetDiagnostics } from '../../../tools/command/check/budget';
import { findLayout } from '../../../tools/command/check/layout';
import { loadContent } from '../../../tools/command/check/load';
import { validate } from '../../../tools/command/check/validate';
import { worldDigests } from '../../../tools/evidence/measure/digest';
import { resultsText } from '../../../tools/evidence/measure/stored';
import type { MeasuredDetector } from '../../../tools/evidence/measure/results';
import { summarizeUnits } from '../../../tools/evidence/measure/summary';
import type { WorldExposure } from '../../../tools/evidence/replay/exposure';

const RULE = 'rules/twilio/twilio_verify_expired_block.yml';

const raised = (scenario: string) => {
  return { world: 'regional-shop', scenario, perYear: 4, occurrences: 2, episodes: 3 };
};

describe('budgets and the committed measurement', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
    for (const path of [RULE, 'schemas/telemetry', 'datasets/worlds/regional-shop.yml']) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      cpSync(path, join(root, path), { recursive: true });
    }
  });
  afterEach(() => rmSync(root, { recursive: true }));

  /** What is found where the rule had so much, under this budget. */
  function found(world: Partial<WorldExposure>, budget: string, digest?: string, more: Partial<MeasuredDetector> = {}) {
    const file = join(root, RULE);
    writeFileSync(file, readFileSync(file, 'utf8').replace(/budget: .*/, `budget: ${budget}`));
    const layout = findLayout([root]);
    const { content, datasets } = loadContent(layout);
    const [id] = content.sigma.flatMap((rule) => (sectionOf(rule) ? rule.id : []));
    const worlds = [{ world: 'regional-shop', episodes: 0, days: 0, sends: 0, nearness: 1, nearest: null, ...world }];
    const detector = {
      id: id!,
      title: '',
      kind: 'rule' as const,
      path: RULE,
      level: 'high',
      sources: ['twilio.verify'],
    };
    const results = {
      ...summarizeUnits([], { own: new Map(), independent: new Map() }, false, []),
      digests: digest === undefined ? Object.fromEntries(worldDigests(layout)) : { 'regional-shop': digest },
      detectors: [
        {
          ...detector,
          worlds,
          specials: ['load-test', 'carrier-outage'].map(raised),
          campaigns: [],
          until: { loud: null, slow: null },
          truePositives: 0,
          induced: 0,
          added: { alone: 0, first: 0, secondsEarlier: null },
          ...more,
        },
      ],
    };
    mkdirSync(join(root, 'measurement'), { recursive: true });
    writeFileSync(join(root, 'measurement', 'results.json'), resultsText(results));
    return budgetDiagnostics(content, datasets.worlds, layout);
  }
  const budget = (per: string, max = 0.05, world = 'worst') =>
    `{max: ${max}, per: ${per}, bound: upper95, world: ${world}}`;

  it('name all false positives that were seen', () => {
    const name = (...names: string[]): void => {
      const file = join(root, RULE);
      const list = names.map((one) => `  - '${one}: what tells it'`).join('\n');
      writeFileSync(
        file,
        readFileSync(file, 'utf8').replace(/falsepositives:\n(?: {2}.*\n)+/, `falsepositives:\n${list}\n`),
      );
    };
    const told = (specials: MeasuredDetector['specials'], digest?: string): string[] => {
      const worlds = [{ world: 'regional-shop', episodes: 0, days: 60, sends: 0, nearness: 1, nearest: null }];
      return found({}, budget('day'), digest, { specials, worlds }).map(({ code, message }) => `${code}: ${message}`);
    };
    name('load-test');
    expect(told([raised('load-test')])).to.deep.equal([]);
    expect(told([{ ...raised('load-test'), episodes: 0 }])).to.deep.equal([]);
    expect(told([]).join(), 'one that never occurred').to.match(/^false-positive-unseen/);
    expect(told([raised('load-test'), raised('carrier-outage')])).to.deep.equal([
      "false-positive-untold: the measurement has 'carrier-outage' raise it (3 episodes in 2), and 'falsepositives' does not name it",
    ]);
    const stale = told([raised('carrier-outage')], 'other');
    expect(stale.join(), 'a measurement of other content says nothing').to.match(/^stale-measurement/);
  });

  it('are well where the measurement proves them', () => {
    expect(found({ days: 60 }, budget('day'))).to.deep.equal([]);
    expect(found({ days: 95, episodes: 1 }, budget('day'))).to.deep.equal([]);
  });

  it('are errors at their place where it is too small, or says otherwise', () => {
    const [small] = found({ days: 59 }, budget('day'));
    expect(small).to.include({ severity: 'error', code: 'budget-unproven', file: join(root, RULE) });
    const lines = readFileSync(join(root, RULE), 'utf8').split('\n');
    expect(lines[small!.line - 1]).to.match(/^ {2}budget:/);
    expect(small!.message).to.contain('at most 0.051 a day in regional-shop');
    const [over] = found({ days: 100, episodes: 30 }, budget('day'));
    expect(over).to.include({ severity: 'error', code: 'budget-exceeded' });
  });

  it('count a day or 100,000 sends, whichever a world has more of', () => {
    expect(found({ days: 12, sends: 6_000_000 }, budget('day_or_100k_sends'))).to.deep.equal([]);
    expect(found({ days: 60, sends: 3000 }, budget('day_or_100k_sends'))).to.deep.equal([]);
    expect(found({ days: 12, sends: 6_000_000 }, budget('day'))).to.have.length(1);
    expect(found({ days: 12, sends: 500_000 }, budget('day_or_100k_sends'))).to.have.length(1);
  });

  it('need a measurement of every world that runs the source, or of the one that they name', () => {
    expect(found({ world: 'other', days: 900 }, budget('day'))[0]!.message).to.contain('no day of it in regional-shop');
    expect(found({ world: 'other', days: 900 }, budget('day', 0.05, 'other'))).to.deep.equal([]);
  });

  it('are not judged by a measurement of other content, which is one warning', () => {
    const diagnostics = found({ days: 1 }, budget('day'), 'other');
    expect(diagnostics.map(({ severity, code }) => `${severity} ${code}`)).to.deep.equal(['warning stale-measurement']);
  });

  it('may be awaited by what is experimental, which is a warning', () => {
    const file = join(root, RULE);
    writeFileSync(file, readFileSync(file, 'utf8').replace(/ {2}budget: .*\n/, ''));
    const codes = (): string[] =>
      validate(findLayout([root])).diagnostics.map(({ severity, code }) => `${severity} ${code}`);
    expect(codes()).to.contain('error missing-key').and.not.to.contain('warning no-budget');
    writeFileSync(file, readFileSync(file, 'utf8').replace('status: test', 'status: experimental'));
    expect(codes()).to.contain('warning no-budget').and.not.to.contain('error missing-key');
  });

  it('are not proved where nothing was measured, or not this rule', () => {
    const layout = findLayout([root]);
    const { content, datasets } = loadContent(layout);
    const codes = (): string[] => budgetDiagnostics(content, datasets.worlds, layout).map(({ code }) => code);
    expect(codes()).to.deep.equal(['budget-unproven']);
    found({ days: 60 }, budget('day'));
    expect(codes()).to.deep.equal([]);
    const file = join(root, 'measurement', 'results.json');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(content.sigma.find(sectionOf)!.id, 'other'));
    expect(codes()).to.deep.equal(['budget-unproven']);
    expect(budgetDiagnostics(content, [], layout), 'without a world nothing can be measured').to.deep.equal([]);
  });

  it('are held against it also where one file is validated, by what is still measured', () => {
    const cases = 'datasets/cases/twilio_verify_expired_block.yml';
    mkdirSync(dirname(join(root, cases)), { recursive: true });
    cpSync(cases, join(root, cases));
    for (const folder of ['benign', 'malicious'])
      cpSync(join('datasets', folder), join(root, 'datasets', folder), { recursive: true });
    const codes = (): string[] => {
      const here = process.cwd();
      process.chdir(root);
      try {
        return validate(findLayout([RULE])).diagnostics.map(({ code }) => code);
      } finally {
        process.chdir(here);
      }
    };
    found({ days: 60 }, budget('day'));
    expect(codes()).to.deep.equal([]);
    found({ days: 10 }, budget('day'));
    expect(codes()).to.deep.equal(['budget-unproven']);
    found({ days: 10 }, budget('day'), 'other');
    expect(codes()).to.deep.equal([]);
  });
});

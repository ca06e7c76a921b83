import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { honestDayDiagnostics } from '../../../tools/command/check/honest-days';
import { findLayout } from '../../../tools/command/check/layout';
import { worldDigests } from '../../../tools/evidence/measure/digest';
import { resultsText } from '../../../tools/evidence/measure/stored';
import { summarizeUnits } from '../../../tools/evidence/measure/summary';

const REASON = 'indistinguishable: A machine asks for codes to one range, and nobody enters them.\n';

describe('honest days at high', () => {
  let root: string;
  const scenario = (name: string): string => join(root, 'datasets', 'benign', `${name}.yml`);
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
    for (const path of ['rules/web', 'datasets/worlds/regional-shop.yml', 'datasets/benign/load-test.yml']) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      cpSync(path, join(root, path), { recursive: true });
    }
    const text = readFileSync(scenario('load-test'), 'utf8').replace(/^indistinguishable:.*\n(?: .*\n)*/m, '');
    writeFileSync(scenario('load-test'), text);
  });
  afterEach(() => rmSync(root, { recursive: true }));

  /** What is found where a load test was at high so often, in a measurement of the content as it is or of another. */
  function found(high: number, { stale = false } = {}): string[] {
    const layout = findLayout([root]);
    const results = summarizeUnits([], { own: new Map(), independent: new Map() }, false, []);
    const honest = [{ scenario: 'load-test', perYear: 4, occurrences: 2, incidents: 2, high }];
    const until = { loud: null, slow: null };
    const incidents = { incidents: 0, high: 0 };
    const digests = stale ? { 'regional-shop': 'another' } : Object.fromEntries(worldDigests(layout));
    const pack = [{ world: 'regional-shop', days: 1, sends: 1, episodes: [], campaigns: [], until, incidents, honest }];
    mkdirSync(join(root, 'measurement'), { recursive: true });
    writeFileSync(join(root, 'measurement', 'results.json'), resultsText({ ...results, digests, pack }));
    return honestDayDiagnostics(layout).map(({ severity, code, message }) => `${severity} ${code}: ${message}`);
  }
  const giveReason = (): void => {
    const text = readFileSync(scenario('load-test'), 'utf8');
    writeFileSync(scenario('load-test'), text.replace(/^kind:/m, `${REASON}kind:`));
  };

  it('may have a reason or none', () => {
    expect(found(1)).to.deep.equal([]);
    giveReason();
    expect(found(1)).to.deep.equal([]);
  });

  it('need no reason where they are never at high, and then have none', () => {
    expect(found(0)).to.deep.equal([]);
    giveReason();
    const message = 'the measurement has no world in which this honest day became high';
    expect(found(0)).to.deep.equal([`warning needless-reason: ${message}`]);
  });

  it('are not judged by a measurement of other content', () => {
    expect(found(1, { stale: true })).to.deep.equal([]);
    giveReason();
    expect(found(0, { stale: true })).to.deep.equal([]);
  });
});

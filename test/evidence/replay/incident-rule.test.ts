import { readFileSync } from 'node:fs';
import { compile, evaluate, parse } from '@tollgate/sigma';
import { expect } from 'chai';
import { incidentsOf, type Sign } from '../../../tools/evidence/replay/incidents';
import { below, child, chance, rootKey, type Key } from '../../../tools/simulate/random';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 7, 3);
const LEVELS = ['informational', 'low', 'medium', 'medium', 'medium', 'high'];
const KINDS = ['volume', 'conversion', 'client'];

const file = 'incidents/incident.yml';
const { rules, diagnostics } = parse(readFileSync(file, 'utf8'), { file });

/** Signs of one asset within ten days, which last some hours or none. */
function signsOf(key: Key): Sign[] {
  return Array.from({ length: 1 + below(key, 'count', 7) }, (_, n) => {
    const one = child(key, 'sign', n);
    const from = START + below(one, 'from', 240) * HOUR;
    const shows = [KINDS[below(one, 'kind', KINDS.length)]!, ...(chance(one, 'chain', 0.1) ? ['control'] : [])];
    const level = LEVELS[below(one, 'level', LEVELS.length)]!;
    return { span: { from, to: from + below(one, 'lasts', 6) * HOUR, alerts: 1 }, detector: { level, shows } };
  });
}

/** A rule that goes on finding something alerts again each hour. */
function alertsOf(signs: Sign[]) {
  return signs.flatMap(({ span, detector: { level, shows } }) =>
    Array.from({ length: (span.to - span.from) / HOUR + 1 }, (_, n) => ({
      '@timestamp': new Date(span.from + n * HOUR).toISOString(),
      asset: { id: 'shop' },
      rule: { level, shows },
    })),
  );
}

/** What the Sigma rules alert on: incidents by their beginnings, and what is high from when to when. */
function bySigma(signs: Sign[]) {
  const alerts = alertsOf(signs);
  const found = evaluate(rules, alerts).alerts;
  const named = (name: string) => found.filter(({ rule }) => rule.name === name);
  const [highAlert] = rules.flatMap((rule) => (rule.kind === 'detection' && rule.level === 'high' ? rule : []));
  const single = alerts.filter(compile(highAlert!)).map((alert) => Date.parse(alert['@timestamp']));
  return {
    began: named('tollgate_incident').map(({ start }) => Number(start)),
    high: [
      ...named('tollgate_incident_high').map(({ start, end }) => [Number(start), Number(end)] as const),
      ...single.map((time) => [time, time] as const),
    ],
  };
}

describe('the incident as Sigma rules', () => {
  it('is plain Sigma', () => {
    expect(diagnostics).to.deep.equal([]);
    expect(rules.map(({ name }) => name)).to.include.members(['tollgate_incident', 'tollgate_incident_high']);
  });

  it('begins and becomes high when the measurement says', () => {
    const root = rootKey(7, 'incidents');
    let high = 0;
    for (let n = 0; n < 1000; n++) {
      const signs = signsOf(child(root, 'problem', n));
      const incidents = incidentsOf(signs);
      const sigma = bySigma(signs);
      expect(sigma.began, `problem ${n}`).to.deep.equal(incidents.map(({ from }) => from));
      for (const { from, to, high: since } of incidents) {
        const within = sigma.high.filter(([start, end]) => start <= to && end >= from);
        expect(within.length > 0, `problem ${n}`).to.equal(since !== null);
        // One that has been high since an incident a day or two before is not told again.
        if (since === null || within.some(([start]) => start < from)) continue;
        expect(Math.min(...within.map(([start]) => start)), `problem ${n}`).to.equal(since.span.from);
        high++;
      }
    }
    expect(high).to.be.greaterThan(300);
  });
});

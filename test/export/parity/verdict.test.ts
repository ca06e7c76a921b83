import { expect } from 'chai';
import { judge, type Made } from './verdict';
import type { True } from './truth';

describe('a verdict on alerts', () => {
  const truth = (start: number, end: number, visible = end, group = 'a'): True => ({ group, start, end, visible });
  const made = (start: number, until: number, at = until, group = 'a'): Made => ({ group, start, until, at });
  /** Runs are at each multiple of ten; what lies five apart is one. */
  const verdict = (all: readonly True[], alerts: readonly Made[]) => {
    const { missed, extra, late } = judge(all, alerts, 5, (visible) => Math.ceil(visible / 10) * 10);
    return { missed, extra, late };
  };

  it('finds nothing where each true one is told by the first run that can', () => {
    const all = [truth(1, 12, 8), truth(40, 41), truth(3, 3, 7, 'b')];
    const alerts = [made(6, 12, 10), made(46, 46, 50), made(3, 3, 10, 'b')];
    expect(verdict(all, alerts)).to.deep.equal({ missed: [], extra: [], late: [] });
  });

  it('misses what only another group, or an alert too far away, tells', () => {
    const all = [truth(10, 20)];
    for (const alert of [made(10, 20, 20, 'b'), made(26, 30), made(0, 4)])
      expect(verdict(all, [alert])).to.deep.equal({ missed: all, extra: [alert], late: [] });
  });

  it('has late what a later run tells', () => {
    const all = [truth(10, 20, 15)];
    expect(verdict(all, [made(10, 20, 30)])).to.deep.equal({ missed: [], extra: [], late: all });
    expect(verdict(all, [made(10, 20, 30), made(10, 12, 20)]).late).to.deep.equal([]);
  });
});

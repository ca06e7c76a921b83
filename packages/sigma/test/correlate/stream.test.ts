import { expect } from 'chai';
import { STREAM_LIMITS } from '../../src/correlate/limits';
import { Queue } from '../../src/correlate/queue';
import { CorrelationStream } from '../../src/correlate/stream';
import type { Alert } from '../../src/correlate/types';
import type { Match } from '../../src/correlate/match';
import type { CorrelationRule } from '../../src/rules/model';
import { both, stream } from './both';
import { correlation, matchesAt } from './rule';

/** `time: group start-end` for each alert, with the time of the push at which it was emitted. */
function emitted(rules: CorrelationRule[], pushes: [number, string][]): string[] {
  const seen: string[] = [];
  let now: number | string = -1;
  const given = new CorrelationStream(rules, (rule, { group, start, end }) =>
    seen.push(`${now}: ${rule.id} ${group['g']} ${start}-${end}`),
  );
  for (const [event, [time, group]] of pushes.entries()) {
    now = time;
    given.push('a', { event, time, ingested: time, values: [group] });
  }
  now = 'end';
  given.end();
  return seen;
}

describe('CorrelationStream', () => {
  it('emits an alert at the first push that shows that its episode is over', () => {
    const rule = correlation({ id: 'r', condition: { gte: 2 } });
    // True up to 10, when the first event leaves; it could go on until 20.
    const until = (time: number) => emitted([rule], [[0, 'x'], [5, 'x'], [time, 'y'], [500, 'y']]); // prettier-ignore
    expect(until(20)).to.deep.equal(['500: r x 5-5']);
    expect(until(21)).to.deep.equal(['21: r x 5-5']);
    expect(emitted([rule], [[0, 'x'], [5, 'x']])).to.deep.equal(['end: r x 5-5']); // prettier-ignore
  });

  it('goes on with an episode up to the last millisecond', () => {
    const spans = (times: number[]) =>
      both([correlation({ condition: { gte: 2 } })], [{ rule: 'a', fields: ['g'], matches: matchesAt(times) }])
        .get('correlation')!
        .alerts.map(({ start, end }) => `${start}-${end}`);
    expect(spans([0, 5, 19, 20])).to.deep.equal(['5-20']);
    expect(spans([0, 5, 20, 21])).to.deep.equal(['5-5', '21-21']);
    expect([spans([0, 9]), spans([0, 10]), spans([0, 11])]).to.deep.equal([['9-9'], ['10-10'], []]);
  });

  it('orders alerts by the end of their time, then by rule, start and group', () => {
    const long = correlation({ id: 'long', timespanMs: 20, condition: { gte: 1 } });
    const short = correlation({ id: 'short', timespanMs: 10, condition: { gte: 1 } });
    expect(emitted([long, short], [[0, 'y'], [0, 'x'], [1, 'w'], [900, 'x']])).to.deep.equal([
      '900: short x 0-0',
      '900: short y 0-0',
      '900: short w 1-1',
      '900: long x 0-0',
      '900: long y 0-0',
      '900: long w 1-1',
      'end: short x 900-900',
      'end: long x 900-900',
    ]); // prettier-ignore
    const same = correlation({ id: 'same', timespanMs: 20, condition: { gte: 1 } });
    expect(emitted([same, long], [[0, 'x']])).to.deep.equal(['end: same x 0-0', 'end: long x 0-0']);
  });

  it('keeps open what only silence would end, and emits it last', () => {
    const few = correlation({ id: 'few', condition: { lt: 2 } });
    const many = correlation({ id: 'many', condition: { gte: 1 } });
    expect(emitted([few, many], [[0, 'x'], [900, 'y']])).to.deep.equal([
      '900: many x 0-0',
      'end: many y 900-900',
      'end: few x 0-0',
      'end: few y 900-900',
    ]); // prettier-ignore
  });

  it('refuses what comes too early, after the end, or of a rule that it does not know', () => {
    const given = new CorrelationStream([correlation({})], () => {});
    const push =
      (event: number, time: number, rule = 'a') =>
      () =>
        given.push(rule, { event, time, ingested: time, values: ['x'] });
    push(3, 10)();
    push(3, 10)();
    expect(push(2, 10)).to.throw(RangeError, 'event 2 comes after event 3');
    expect(push(4, 9)).to.throw(RangeError, 'time goes back from 10 to 9');
    expect(push(4, NaN)).to.throw(RangeError);
    expect(push(4, 11, 'z')).to.throw("'z'");
    expect(push(4, 11, 'correlation')).to.throw("'correlation'");
    given.end();
    expect(push(5, 12)).to.throw(RangeError);
    const circle = ['one', 'two'].map((id) => correlation({ id, rules: [id === 'one' ? 'two' : 'one'] }));
    expect(() => new CorrelationStream(circle, () => {})).to.throw('refers to itself');
  });

  it('takes matches of a rule that no correlation counts', () => {
    expect(stream([correlation({ condition: { gte: 1 } })], [], [0, 1]).alerts).to.deep.equal([]);
  });

  it('keeps what is in windows and open episodes only, however many groups there are', () => {
    for (const [condition, most] of [
      [{ gte: 2 }, 101],
      [{ gte: 1 }, 201],
    ] as const) {
      let alerts = 0;
      const given = new CorrelationStream([correlation({ timespanMs: 100, condition })], () => alerts++);
      let live = 0;
      for (let event = 0; event < 300_000; event++) {
        given.push('a', { event, time: event, ingested: event, values: [`group ${event}`] });
        live = Math.max(live, given.live);
      }
      expect(live).to.equal(most);
      given.end();
      expect(given.live).to.equal(0);
      expect(alerts).to.equal(condition.gte === 1 ? 300_000 : 0);
    }
  });
});

describe('CorrelationStream: limits', () => {
  const of = (parts: Partial<CorrelationRule>, times: number[], limits: { held: number; listed: number }): Alert[] =>
    stream([correlation(parts)], [{ rule: 'a', fields: ['g'], matches: matchesAt(times) }], [], limits).alerts.map(
      ({ alert }) => alert,
    );

  it('cuts the list of a long episode, and says how much', () => {
    const times = [0, 1, 2, 3, 14, 15];
    const [whole] = of({ condition: { gte: 2 } }, times, { held: 100, listed: 6 });
    expect(whole).to.deep.equal({
      group: { g: 'x' },
      start: 1,
      end: 15,
      visible: 1,
      value: 2,
      events: [0, 1, 2, 3, 4, 5],
    });
    const [cut] = of({ condition: { gte: 2 } }, times, { held: 100, listed: 4 });
    expect(cut).to.deep.equal({ ...whole, events: [0, 1, 2, 3], more: 2 });
    // 14 came while the condition was false, and is part of the episode as it went on.
    expect(of({ condition: { gte: 2 } }, times, { held: 100, listed: 5 })[0]).to.deep.equal({
      ...cut,
      events: [0, 1, 2, 3, 4],
      more: 1,
    });
    expect(of({ condition: { gte: 2 } }, [0, 1, 14], { held: 100, listed: 2 })[0]).to.not.have.property('more');
  });

  /** What a flood of groups and a burst of one of them after it give, and how many entries left early. */
  const flooded = (rule: CorrelationRule, flood: Match[], held: number): { groups: unknown[]; cut: number } => {
    const groups: unknown[] = [];
    const given = new CorrelationStream([rule], (_, { group }) => groups.push(group['g']), { held, listed: 10 });
    for (const match of flood) given.push('a', match);
    const now = flood.at(-1)!.time;
    for (const time of [now + 1, now + 2, now + 3])
      given.push('a', { event: flood.length + time, time, ingested: time, values: ['victim'] });
    given.end();
    return { groups, cut: given.cut().get(rule.id)! };
  };
  const groupsAt = (size: number, time: (n: number) => number): Match[] =>
    Array.from({ length: size }, (_, n) => ({ event: n, time: time(n), ingested: time(n), values: [`g${n}`] }));

  it('lets the oldest go rather than hold more, so that no flood hides what comes after it', () => {
    const rule = correlation({ timespanMs: 100_000, condition: { gte: 3 } });
    expect(
      flooded(
        rule,
        groupsAt(1000, (n) => n),
        5000,
      ),
    ).to.deep.equal({ groups: ['victim'], cut: 0 });
    const { groups, cut } = flooded(
      rule,
      groupsAt(1000, (n) => n),
      50,
    );
    expect(groups).to.deep.equal(['victim']);
    expect(cut).to.be.within(950, 1000);
  });

  it('does not take what is too much at one time, and goes on', () => {
    const { groups, cut } = flooded(
      correlation({ timespanMs: 100_000 }),
      groupsAt(1000, () => 5),
      50,
    );
    expect(groups).to.deep.equal(['victim']);
    expect(cut).to.be.at.least(950);
  });

  it('closes the oldest episodes where these hold too much', () => {
    for (const condition of [{ gte: 1 }, { lt: 3 }]) {
      const { groups, cut } = flooded(
        correlation({ timespanMs: 100_000, condition }),
        groupsAt(1000, (n) => n),
        50,
      );
      expect(groups.filter((group) => group !== 'victim')).to.have.length(1000);
      expect(groups).to.include('victim');
      expect(cut).to.be.at.least(950);
    }
  });

  it('gives what a shorter timespan gives once the oldest has left', () => {
    const rule = correlation({ timespanMs: 1000, condition: { gte: 3 } });
    const times = Array.from({ length: 40 }, (_, n) => 10 * n);
    expect(of(rule, times, { held: 4, listed: 0 })).to.have.length(1);
    expect(of({ ...rule, condition: { gte: 30 } }, times, { held: 4, listed: 0 })).to.have.length(0);
    expect(of({ ...rule, condition: { gte: 30 } }, times, { held: 40, listed: 0 })).to.have.length(1);
  });

  it('holds of a burst what is linear in its events, however many steps its window lasts and however many groups it touches', () => {
    const burst = correlation({ id: 'burst', groupBy: ['host'], timespanMs: 400, condition: { gte: 2 } });
    const over = (parts: Partial<CorrelationRule>) =>
      correlation({ id: 'over', rules: ['burst'], timespanMs: 1600, condition: { gte: 1e9 }, ...parts });
    const inputs = [
      {
        rule: 'a',
        fields: ['host', 'user'],
        matches: Array.from({ length: 2000 }, (_, n) => matchesAt([n], ['h', `user ${n % 600}`], n)[0]!),
      },
    ];
    const most = { held: 2 * 2000, listed: 10 };
    for (const outer of [
      over({ groupBy: ['host'] }),
      over({ groupBy: ['host'], type: 'value_count', condition: { field: ['user'], gte: 1e9 } }),
      over({ groupBy: ['user'], type: 'temporal' }),
      over({ groupBy: ['user'], type: 'temporal_ordered' }),
    ]) {
      const { alerts, cut } = stream([burst, outer], inputs, [], most);
      expect(alerts.map(({ rule }) => rule)).to.deep.equal(['burst']);
      expect(cut.get('over')).to.equal(0);
    }
    // Here each step counts in each group.
    const counted = over({ groupBy: ['user'] });
    expect(stream([burst, counted], inputs, [], most).cut.get('over')).to.be.above(0);
  });

  it('walks through the events of a burst once, however many windows have them', () => {
    const burst = correlation({ id: 'burst', timespanMs: 1000, condition: { gte: 2 } });
    const outer = correlation({ id: 'outer', rules: ['burst'], timespanMs: 1000, condition: { gte: 1 } });
    const outermost = correlation({ id: 'outermost', rules: ['outer'], timespanMs: 1000, condition: { gte: 1 } });
    const times = Array.from({ length: 3000 }, (_, n) => n);
    const at = Reflect.get(Queue.prototype, 'at');
    let walked = 0;
    Queue.prototype.at = function (place) {
      walked++;
      return at.call(this, place);
    };
    try {
      const { alerts } = stream([burst, outer, outermost], [{ rule: 'a', fields: ['g'], matches: matchesAt(times) }]);
      expect(alerts.map(({ alert }) => alert.events)).to.deep.equal([times, times, times]);
    } finally {
      Queue.prototype.at = at;
    }
    expect(walked).to.be.within(3000, 10 * 3000);
  });

  it('passes on how much an inner alert left out', () => {
    const inner = correlation({ id: 'inner', condition: { gte: 3 } });
    const outer = correlation({ id: 'outer', rules: ['inner'], condition: { gte: 1 } });
    const inputs = [{ rule: 'a', fields: ['g'], matches: matchesAt([0, 1, 2]) }];
    const { alerts } = stream([outer, inner], inputs, [], { ...STREAM_LIMITS, listed: 2 });
    expect(alerts.map(({ rule, alert }) => [rule, alert.events, alert.more])).to.deep.equal([
      ['inner', [0, 1], 1],
      ['outer', [0, 1], 1],
    ]);
  });
});

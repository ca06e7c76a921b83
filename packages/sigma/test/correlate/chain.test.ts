import { expect } from 'chai';
import { correlateAll, fieldsOfDetections } from '../../src/correlate/chain';
import { episodes } from '../../src/correlate/episodes';
import { both } from './both';
import { correlation, matchesAt } from './rule';

const failures = correlation({ id: 'failures', rules: ['failed'], groupBy: ['host'], condition: { gte: 3 } });
const intrusion = correlation({
  id: 'intrusion',
  type: 'temporal_ordered',
  rules: ['failures', 'succeeded'],
  groupBy: ['user'],
  timespanMs: 100,
  condition: { gte: 2 },
});

describe('correlate: chains', () => {
  it('asks the detections for what correlations over correlations need', () => {
    expect([...fieldsOfDetections([intrusion, failures])]).to.deep.equal([
      ['failed', ['host', 'user']],
      ['succeeded', ['user']],
    ]);
  });

  it('takes each step at which the inner condition holds as a match, with its group and with the values of its window', () => {
    const failed = {
      rule: 'failed',
      fields: ['host', 'user'],
      matches: [
        ...matchesAt([0, 1], ['h', 'me']),
        ...matchesAt([2], ['h', 'you'], 2).map((match) => ({ ...match, ingested: 500 })),
        ...matchesAt([3], ['h', 'later'], 3),
      ],
    };
    const succeeded = {
      rule: 'succeeded',
      fields: ['user'],
      matches: ['me', 'you', 'later', 'other'].flatMap((user, index) => matchesAt([50 + index], [user], 10 + index)),
    };
    const results = both([intrusion, failures], [failed, succeeded]);
    expect(results.get('failures')!.alerts.map(({ start, end, events }) => [start, end, events])).to.deep.equal([
      [2, 3, [0, 1, 2, 3]],
    ]);
    const alert = { visible: 500, value: 2 };
    expect(results.get('intrusion')!.alerts).to.deep.equal([
      { group: { user: 'me' }, start: 50, end: 50, ...alert, events: [0, 1, 2, 3, 10] },
      { group: { user: 'you' }, start: 51, end: 51, ...alert, events: [0, 1, 2, 3, 11] },
      // Who joined the burst after its beginning.
      { group: { user: 'later' }, start: 52, end: 52, ...alert, events: [0, 1, 2, 3, 12] },
    ]);
  });

  it('finds what follows a burst that goes on for longer than the outer timespan', () => {
    const minutes = Array.from({ length: 41 }, (_, index) => index * 30);
    const burst = correlation({
      id: 'burst',
      rules: ['failed'],
      groupBy: ['user'],
      timespanMs: 600,
      condition: { gte: 10 },
    });
    const outer = { ...intrusion, rules: ['burst', 'succeeded'], timespanMs: 600 };
    const failed = { rule: 'failed', fields: ['user'], matches: matchesAt(minutes, ['me']) };
    const succeeded = (time: number) => ({
      rule: 'succeeded',
      fields: ['user'],
      matches: matchesAt([time], ['me'], 99),
    });
    const starts = (time: number) =>
      both([burst, outer], [failed, succeeded(time)])
        .get('intrusion')!
        .alerts.map(({ start }) => start);
    expect([1230, 1800, 1801].map(starts)).to.deep.equal([[1230], [1800], []]);
    expect(both([burst, outer], [failed, succeeded(1230)]).get('burst')!.alerts).to.have.length(1);
  });

  it('finds a burst after what came while it went on', () => {
    const outer = { ...intrusion, rules: ['succeeded', 'failures'], groupBy: ['host'], timespanMs: 5 };
    const failed = {
      rule: 'failed',
      fields: ['host', 'user'],
      matches: matchesAt([0, 1, 2, 20, 21, 22, 23], ['h', 'me']),
    };
    const succeeded = (time: number) => ({
      rule: 'succeeded',
      fields: ['host'],
      matches: matchesAt([time], ['h'], 99),
    });
    const starts = (time: number) =>
      both([failures, outer], [failed, succeeded(time)])
        .get('intrusion')!
        .alerts.map(({ start }) => start);
    expect([22, 23, 24].map(starts)).to.deep.equal([[22], [23], []]);
  });

  it('counts each step once, and bursts by the values that tell them apart', () => {
    const burst = correlation({ id: 'burst', rules: ['failed'], groupBy: ['user'], condition: { gte: 3 } });
    const many = correlation({ id: 'many', rules: ['burst'], groupBy: [], timespanMs: 100, condition: { gte: 2 } });
    const users = { ...many, id: 'users', type: 'value_count' as const, condition: { field: ['user'], gte: 2 } };
    const failed = {
      rule: 'failed',
      fields: ['user'],
      matches: [...matchesAt([0, 1, 2, 3], ['me']), ...matchesAt([50, 51, 52], ['you'], 4)],
    };
    const results = both([burst, many, users], [failed]);
    const told = (id: string) => results.get(id)!.alerts.map(({ start, end, value }) => [start, end, value]);
    expect(told('burst')).to.deep.equal([[2, 3, 3], [52, 52, 3]]); // prettier-ignore
    expect(told('many')).to.deep.equal([[3, 52, 2]]);
    expect(told('users')).to.deep.equal([[52, 52, 2]]);
  });

  it('wants the inner condition to hold before what follows it', () => {
    const failed = { rule: 'failed', fields: ['host', 'user'], matches: matchesAt([10, 11, 12], ['h', 'me']) };
    const succeeded = (time: number) => ({
      rule: 'succeeded',
      fields: ['user'],
      matches: matchesAt([time], ['me'], 9),
    });
    const found = (time: number) =>
      correlateAll([failures, intrusion], [failed, succeeded(time)]).get('intrusion')!.alerts.length;
    expect([found(11), found(12), found(112), found(113)]).to.deep.equal([0, 1, 1, 0]);
  });

  it('knows at a step nothing of what comes later, even where that speaks of earlier events', () => {
    const burst = correlation({ id: 'burst', rules: ['a'], groupBy: ['host'], condition: { gte: 2 }, timespanMs: 10 });
    const bursts = correlation({ id: 'bursts', rules: ['burst'], groupBy: [], condition: { gte: 1 }, timespanMs: 50 });
    const users = correlation({
      id: 'users',
      type: 'value_count',
      rules: ['bursts'],
      groupBy: [],
      condition: { field: ['user'], eq: 1 },
    });
    // The burst of `late` begins before that of `soon`, and is one only after it.
    const matches = [
      ...matchesAt([0], ['late', 'you']),
      ...matchesAt([1, 2], ['soon', 'me'], 1),
      ...matchesAt([3], ['late', 'you'], 3),
    ];
    const results = both([burst, bursts, users], [{ rule: 'a', fields: ['host', 'user'], matches }]);
    expect(results.get('bursts')!.alerts.map(({ start, end, events }) => [start, end, events])).to.deep.equal([
      [2, 3, [0, 1, 2, 3]],
    ]);
    expect(results.get('users')!.alerts.map(({ start, end, events }) => [start, end, events])).to.deep.equal([
      [2, 2, [1, 2]],
    ]);
  });

  it('passes the group of an inner correlation on, also where its field has another name in the log', () => {
    const aliases = { user: { a: 'login' } };
    const inner = correlation({ id: 'inner', groupBy: ['user'], aliases, condition: { gte: 2 } });
    const middle = correlation({ id: 'middle', rules: ['inner'], groupBy: [], condition: { gte: 1 } });
    const outer = correlation({ id: 'outer', rules: ['middle'], groupBy: ['user'], condition: { gte: 1 } });
    const inputs = [{ rule: 'a', fields: ['login'], matches: matchesAt([0, 1], ['me']) }];
    expect(
      both([inner, middle, outer], inputs)
        .get('outer')!
        .alerts.map(({ group }) => group),
    ).to.deep.equal([{ user: 'me' }]);
  });

  it('takes an event as one, though a step of the same time lies between its rules', () => {
    const inner = correlation({ id: 'inner', rules: ['b'], condition: { gte: 1 } });
    const outer = correlation({ id: 'outer', rules: ['a', 'inner', 'b'], condition: { gte: 1 } });
    const inputs = ['a', 'b'].map((rule) => ({ rule, fields: ['g'], matches: matchesAt([5], ['x'], 7) }));
    expect(
      both([outer, inner], inputs)
        .get('outer')!
        .alerts.map(({ value, events }) => [value, events]),
    ).to.deep.equal([[2, [7]]]);
  });

  it('fails where correlations refer to each other in a circle', () => {
    const rules = ['one', 'two'].map((id) => correlation({ id, rules: [id === 'one' ? 'two' : 'one'] }));
    expect(() => correlateAll(rules, [])).to.throw('refers to itself');
  });

  it('fails where the matches of a rule were not given', () => {
    expect(() => correlateAll([failures], [])).to.throw("no matches were given of the rule 'failed'");
  });
});

describe('correlate: episodes of a detection rule', () => {
  it('joins matches of one group with no gap over the re-arm time', () => {
    const matches = [...matchesAt([0, 10, 21], ['x']), ...matchesAt([5], ['y'], 3)];
    expect(episodes({ fields: ['g'], matches }, ['g'], 10)).to.deep.equal([
      { group: { g: 'x' }, start: 0, end: 10, visible: 0, value: 1, events: [0, 1] },
      { group: { g: 'y' }, start: 5, end: 5, visible: 5, value: 1, events: [3] },
      { group: { g: 'x' }, start: 21, end: 21, visible: 21, value: 1, events: [2] },
    ]);
  });

  it('loses no match: without a value it is in the group that lacks the field, with a list in each', () => {
    const matches = [...matchesAt([0], [null]), ...matchesAt([1], [['x', 'y']], 1), ...matchesAt([2], [null], 2)];
    expect(episodes({ fields: ['g'], matches }, ['g'], 10).map(({ group, events }) => [group, events])).to.deep.equal([
      [{}, [0, 2]],
      [{ g: 'x' }, [1]],
      [{ g: 'y' }, [1]],
    ]);
    expect(episodes({ fields: ['g'], matches }, [], 10)).to.have.length(1);
  });

  it('fails where the matches lack a group field', () => {
    expect(() => episodes({ fields: [], matches: [] }, ['g'], 1)).to.throw("lack the group field 'g'");
  });
});

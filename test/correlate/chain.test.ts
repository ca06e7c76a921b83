import { expect } from 'chai';
import { correlateAll, fieldsOfDetections } from '../../tools/correlate/chain';
import { episodes } from '../../tools/correlate/episodes';
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

  it('takes an alert as a match, with its group and with the values of its events up to its start', () => {
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
    const results = correlateAll([intrusion, failures], [failed, succeeded]);
    expect(results.get('failures')!.alerts.map(({ start, end, events }) => [start, end, events])).to.deep.equal([
      [2, 3, [0, 1, 2, 3]],
    ]);
    expect(results.get('intrusion')!.alerts).to.deep.equal([
      { group: { user: 'me' }, start: 50, end: 50, visible: 500, value: 2, events: [0, 1, 2, 10] },
      { group: { user: 'you' }, start: 51, end: 51, visible: 500, value: 2, events: [0, 1, 2, 11] },
    ]);
  });

  it('wants the alert before what follows it', () => {
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

  it('knows at the start of an alert nothing of what comes later, even where that speaks of earlier events', () => {
    const burst = correlation({ id: 'burst', rules: ['a'], groupBy: ['host'], condition: { gte: 2 }, timespanMs: 10 });
    const bursts = correlation({ id: 'bursts', rules: ['burst'], groupBy: [], condition: { gte: 1 }, timespanMs: 50 });
    const users = correlation({
      id: 'users',
      type: 'value_count',
      rules: ['bursts'],
      groupBy: [],
      condition: { field: ['user'], gte: 1 },
    });
    // The burst of `late` begins before that of `soon`, and is one only after it.
    const matches = [
      ...matchesAt([0], ['late', 'you']),
      ...matchesAt([1, 2], ['soon', 'me'], 1),
      ...matchesAt([3], ['late', 'you'], 3),
    ];
    const results = both([burst, bursts, users], [{ rule: 'a', fields: ['host', 'user'], matches }]);
    expect(results.get('bursts')!.alerts.map(({ start, events }) => [start, events])).to.deep.equal([
      [2, [0, 1, 2, 3]],
    ]);
    expect(results.get('users')!.alerts.map(({ value, events }) => [value, events])).to.deep.equal([[1, [1, 2]]]);
  });

  it('passes the group of an inner alert on, also where its field has another name in the log', () => {
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

  it('takes an event as one, though an alert of the same number and time lies between its rules', () => {
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

import { expect } from 'chai';
import { evaluate, parse, type Event } from '@tollgate/sigma';
import { caseRecords, type CaseFile } from '../../../tools/evidence/replay/case-events';
import { readerOf } from '../../../tools/foundation/ndjson/scanner';
import { completer } from '../../../tools/telemetry/complete';
import { loadContracts } from '../../../tools/telemetry/load';

/** Names that every object of JavaScript has or treats in its own way, and one that none has. */
const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'usual'];

/** An event as it is logged: `JSON.parse` makes of `__proto__` a key like any other. */
const logged = (text: string): Event => JSON.parse(text) as Event;

describe('names', () => {
  for (const name of NAMES) {
    const rule = (detection: string): string =>
      `title: b\nname: "${name}"\nlogsource: {product: p}\ndetection: {${detection}}\n`;
    const holds = (detection: string, event: string, placeholders = {}): boolean => {
      const { rules, diagnostics } = parse(rule(detection), { placeholders });
      expect(diagnostics).to.deep.equal([]);
      return evaluate(rules, [logged(event)]).matches.length > 0;
    };

    it(`may be ${name}, of fields and of what they are in`, () => {
      for (const field of [name, `${name}.x`, `x.${name}`, `x.${name}.y`]) {
        const event = (value: string) => {
          const keys = field.split('.');
          return `${keys.map((key) => `{"${key}":`).join('')}${value}${'}'.repeat(keys.length)}`;
        };
        expect(holds(`a: {"${field}": v}, condition: a`, event('"v"')), field).to.equal(true);
        expect(holds(`a: {"${field}": v}, condition: a`, `{"${field}":"v"}`), `${field} with dots`).to.equal(true);
        expect(holds(`a: {"${field}": v}, condition: a`, '{"x":{"z":1}}'), `no ${field}`).to.equal(false);
        expect(holds(`a: {"${field}|exists": false}, condition: a`, '{"x":{"z":1}}'), `no ${field}`).to.equal(true);
        expect(holds(`a: {"${field}": null}, condition: a`, '{"x":{"z":1}}'), `no ${field}`).to.equal(true);
        expect(holds(`a: {"x|fieldref": "${field}"}, condition: a`, '{"x":"v"}'), `no ${field}`).to.equal(false);
      }
    });

    it(`may be ${name}, of a selection and a placeholder`, () => {
      expect(holds(`"${name}": {x: 1}, condition: "${name}"`, '{"x":1}')).to.equal(true);
      expect(holds(`"${name}": {x: 1}, condition: "1 of ${name}*"`, '{"x":2}')).to.equal(false);
      const placeholders = Object.fromEntries([[name, ['v']]]);
      expect(holds(`a: {"x|expand": "%${name}%"}, condition: a`, '{"x":"v"}', placeholders)).to.equal(true);
      const { diagnostics } = parse(rule(`a: {"x|expand": "%${name}%"}, condition: a`));
      expect(diagnostics.map(({ code }) => code)).to.deep.equal(['unresolved-placeholder']);
    });

    it(`may be ${name}, of a rule, a group, an alias and a counted field`, () => {
      const grouped = (section: string) => {
        const text = `${rule('a: {k: 1}, condition: a')}---\ntitle: c\ncorrelation: {rules: ["${name}"], timespan: 1m, ${section}}\n`;
        const { rules, diagnostics } = parse(text);
        expect(diagnostics).to.deep.equal([]);
        const event = (time: number, value: string) =>
          logged(`{"k":1,"time":${1_767_225_600 + time},"u":"alias","${name}":"${value}"}`);
        return evaluate(rules, [event(1, 'v'), event(2, 'v'), event(3, 'w'), { k: 1, time: 1_767_225_604 }]).alerts;
      };
      const entries = (alerts: ReturnType<typeof grouped>) => alerts.map(({ group }) => Object.entries(group));
      const counted = grouped(`type: event_count, group-by: ["${name}"], condition: {gte: 2}`);
      expect(entries(counted)).to.deep.equal([[[name, 'v']]]);
      expect(JSON.stringify(counted[0]!.group)).to.equal(`{"${name}":"v"}`);
      const aliased = grouped(
        `type: event_count, group-by: ["${name}"], aliases: {"${name}": {"${name}": u}}, condition: {gte: 3}`,
      );
      expect(entries(aliased)).to.deep.equal([[[name, 'alias']]]);
      const distinct = grouped(`type: value_count, condition: {field: "${name}", gte: 2}`);
      expect(distinct.map(({ value }) => value)).to.deep.equal([2]);
    });

    it(`may be ${name}, of what a scanner and a source's fields see`, () => {
      const bytes = (text: string) => Buffer.from(`${text}\n`);
      const read = (text: string) => readerOf([name, 'a.b'])(bytes(text), 0, text.length);
      expect(Object.entries(read(`{"${name}":{"x":1},"c":2}`)!)[0]![0]).to.equal(name);
      expect(Object.hasOwn(read('{"a":{"b":1}}')!, name)).to.equal(false);
      const contract = loadContracts('schemas/telemetry/application.otp.yml').contracts.get('application.otp')!;
      const record = logged(`{"timestamp":"2026-01-05T10:00:00Z","${name}.x":1,"${name}.y":2,"${name}":{"z":3}}`);
      const completed = completer(contract)(record);
      expect(Object.entries(completed).find(([key]) => key === name)?.[1]).to.deep.equal({ x: 1, y: 2, z: 3 });
    });

    it(`may be ${name}, of a key in a case's record`, () => {
      const contracts = loadContracts('schemas/telemetry/application.otp.yml').contracts;
      const base = { one: { source: 'application.otp', record: logged(`{"${name}":{"x":1}}`) } };
      const set = logged(`{"${name}.y":2}`);
      const [made] = caseRecords(
        { base } as unknown as CaseFile,
        { events: [{ use: 'one', at: '0s', set }] } as never,
        contracts,
      );
      expect(Object.entries(made!.record).find(([key]) => key === name)?.[1]).to.deep.equal({ x: 1, y: 2 });
      const none = caseRecords(
        { base } as unknown as CaseFile,
        { events: [{ use: name, at: '0s' }] } as never,
        contracts,
      );
      expect(none).to.deep.equal([]);
    });
  }
});

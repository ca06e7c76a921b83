import { expect } from 'chai';
import fc from 'fast-check';
import { runInNewContext } from 'node:vm';
import { scalarAt, type Event } from '@tollgate/sigma/values/event';
import { isMap } from '@tollgate/sigma/values/map';
import { read, write } from '../../tools/export/lucene/painless';
import { ingestPipeline } from '../../tools/export/lucene/pipeline';
import { addressIn, blockOf, rangeOf, suffixOf } from '../../tools/telemetry/phone';
import type { Contract, Derivation } from '../../tools/telemetry/contract';
import { deriver } from '../../tools/telemetry/derive';
import { assetKeysOf, examplesOf, without } from '../telemetry/asset-records';
import { repositoryContracts } from '../telemetry/contracts';
import { SHOP } from './fixture';

type Processor = Record<string, Record<string, unknown>>;

function processors(derive: Derivation, more: Partial<Contract> = {}): Processor[] {
  const field = { ...SHOP.fields['number']!, derive };
  const pipeline = ingestPipeline({ ...SHOP, ...more, derived: { 'out.field': field } }) as { processors: Processor[] };
  // The last is not of this derivation: it copies the asset.
  return pipeline.processors.slice(0, -1);
}

/** The asset of a record by a pipeline's script, which is read as JavaScript: it uses little of Painless. */
function ingested(painless: string, assets: Record<string, string>, record: Event): unknown {
  const script = painless
    .replace('String text(def value)', 'function text(value)')
    .replace('value instanceof String && !value.isEmpty()', "typeof value === 'string' && value !== ''")
    .replace('String key', 'let key')
    .replaceAll(' ?: ', ' ?? ')
    .replaceAll(/(\bctx[\w.[\]'-]*) instanceof Map/g, 'isMap($1)')
    .replaceAll('[:]', '{}')
    .replace('params.assets.getOrDefault(key, key)', '(params.assets[key] ?? key)');
  const ctx = structuredClone(record);
  runInNewContext(`(() => {${script}})()`, { ctx, params: { assets }, isMap });
  return scalarAt(ctx, 'asset.id');
}

describe('ingest pipelines for Elastic', () => {
  it('take a record out of the text that an agent delivers, without metadata of Elasticsearch', () => {
    const [json, fields] = processors({ how: 'copy', from: 'number' });
    expect(json!['json']).to.include({ field: 'message', target_field: 'tollgate_record' });
    expect(json!['json']!['if']).to.include('ctx.time == null');
    expect(fields!['script']!['source']).to.include("startsWith('_')").and.to.include('ctx.event.original = text;');
    // What fails here is told, and goes to the failure store.
    expect(json!['json']).not.to.have.property('ignore_failure');
    const { on_failure } = ingestPipeline(SHOP) as { on_failure: [Processor] };
    expect(on_failure[0]['fail']!['message']).to.include(SHOP.id).and.to.include('{{{_ingest.on_failure_message}}}');
  });

  it('set both times first', () => {
    const [, , , date, , ingested] = processors({ how: 'copy', from: 'number' });
    expect(date).to.have.nested.property('date.field', 'time');
    expect(date).to.have.deep.nested.property('date.formats', ['ISO8601']);
    expect(ingested).to.have.nested.property('set.field', 'event.ingested');
  });

  it('cut a number into block, range and suffix as the replay does', () => {
    /** The value that a grok pattern of ours takes from a text. */
    const taken = (how: 'block' | 'range' | 'suffix', text: string): string | null => {
      const { patterns, pattern_definitions } = processors({ how, from: 'number' }).at(-1)!['grok'] as {
        patterns: [string];
        pattern_definitions: Record<string, string>;
      };
      const source = patterns[0].replace(/%\{(\w+):[\w.]+\}/, (_, name: string) => `(${pattern_definitions[name]})`);
      return new RegExp(source.replace('\\A', '^').replace('\\z', '$')).exec(text)?.[1] ?? null;
    };
    const numbers = fc.oneof(
      fc.stringMatching(/^\+[0-9]{5,17}$/),
      fc.string({ unit: fc.constantFrom('+', '0', '1', '9', 'x', ' ', '٣') }),
    );
    fc.assert(
      fc.property(numbers, (text) => {
        expect(taken('block', text)).to.equal(blockOf(text));
        expect(taken('range', text)).to.equal(rangeOf(text));
        expect(taken('suffix', text)).to.equal(suffixOf(text));
      }),
    );
    expect(taken('block', '+994000100217')).to.equal('+99400010');
    expect(taken('range', '+994000100217')).to.equal('+994000');
  });

  it('take the address behind the name of a channel as the replay does', () => {
    const painless = String(processors({ how: 'address', from: 'number' }).at(-1)!['script']!['source']);
    /** The script read as JavaScript: it uses little of Painless. */
    const script = painless
      .replace('def text', 'const text')
      .replace('!(text instanceof String)', "typeof text !== 'string'")
      .replace('String address', 'const address')
      .replace('address.isEmpty()', "address === ''")
      .replaceAll(/(\bctx[\w.]*) instanceof Map/g, 'isMap($1)')
      .replaceAll('[:]', '{}');
    const texts = fc.oneof(
      fc.constantFrom('+994000100217', 'whatsapp:+994000100217', 'rcs:+994000100217', 'whatsapp:', ''),
      fc.string({ unit: fc.constantFrom('+', '0', ':', 'x') }),
    );
    fc.assert(
      fc.property(texts, (number) => {
        const ctx: Event = { number };
        runInNewContext(`(() => {${script}})()`, { ctx, isMap });
        expect(scalarAt(ctx, 'out.field') ?? null).to.equal(addressIn(number));
      }),
    );
  });

  it('carry the table of prefixes and the length of the longest', () => {
    const params = (
      processors({ how: 'country', from: 'number' }).at(-1)!['script'] as { params: Record<string, unknown> }
    ).params;
    expect(params['countries']).to.include({ 994: 'AZ', 1876: 'JM', 1: 'US' });
    const lengths = Object.keys(params['countries'] as object).map((prefix) => prefix.length);
    expect(params['longest']).to.equal(Math.max(...lengths));
  });

  it('turn maps with data for keys into lists before anything reads them', () => {
    const list = processors({ how: 'changed', from: 'event.changes', to: 'on' }, { entries: ['event.changes'] });
    const sources = list.map((processor) => String(processor['script']?.['source'] ?? ''));
    const turned = sources.findIndex((source) => source.includes('instanceof Map'));
    const used = sources.findIndex((source) => source.includes("e.updated == 'on'"));
    expect(turned).to.be.greaterThan(0);
    expect(used).to.be.greaterThan(turned);
  });

  it('look in lists of objects for what begins with a prefix, and for a name in whatever case', () => {
    const source = (derive: Derivation): string => String(processors(derive).at(-1)!['script']!['source']);
    const after = source({ how: 'after', from: 'labels', prefix: "it's:" });
    expect(after)
      .to.include("String prefix = 'it\\'s:';")
      .and.to.include('ctx.out.field = name.substring(prefix.length());');
    const picked = source({ how: 'picked', from: 'headers.value', by: 'headers.name', is: 'user-agent' });
    expect(picked).to.include("is.equalsIgnoreCase('user-agent')");
  });

  it('say what each processor is for, and leave a field out that fails', () => {
    const last = processors({ how: 'asset', from: 'shop' }).at(-1)!['script']!;
    expect(last).to.include({ lang: 'painless', ignore_failure: true });
    expect(last['description']).to.equal('out.field: A text');
    expect(last['params']).to.deep.equal({ assets: {} });
  });

  it('give each record the asset that memory gives it, whatever it lacks', () => {
    for (const contract of repositoryContracts().values()) {
      const { processors: all } = ingestPipeline(contract) as { processors: Processor[] };
      const script = all.find((one) => String(one['script']?.['description']).startsWith('asset.id: '))!['script']!;
      const keys = assetKeysOf(contract);
      const records = examplesOf(contract).flatMap((one) => one.records);
      const nameless = records.map((record) => without(record, keys));
      const some = [
        ...records,
        ...nameless,
        ...keys.flatMap((key) => records.map((record) => without(record, [key]))),
        ...nameless.flatMap((record) => [
          { ...record, asset: { id: 'own', owner: 'x' } },
          { ...contract.example, asset: { id: 'own' } },
          { ...record, asset: { owner: 'x' } },
          ...keys
            .filter((key) => !key.includes('.'))
            .flatMap((key) => ['', 5, ['x']].map((odd) => ({ ...record, [key]: odd }))),
        ]),
      ];
      const tables: Record<string, string>[] = [{}, { [contract.id]: 'shop', own: 'other', '111122223333': 'shop' }];
      for (const table of tables)
        for (const record of some) {
          const derived = deriver(contract, new Map(Object.entries(table)))(record, 0);
          const wanted = scalarAt(derived, 'asset.id');
          expect(ingested(String(script['source']), table, record), JSON.stringify(record)).to.equal(wanted);
        }
    }
  });

  it('pick an object of a list by another of its parts', () => {
    const derive: Derivation = { how: 'picked', from: 'event.things.name', by: 'event.things.kind', is: "it's" };
    const source = String(processors(derive).at(-1)!['script']!['source']);
    expect(source).to.include('def list = (ctx.event instanceof Map ? ctx.event.things : null);');
    expect(source).to.include("e.get('kind')");
    expect(source).to.include("is.equalsIgnoreCase('it\\'s')");
    expect(source).to.include("e.get('name')");
  });

  it('read and write paths, also those whose names are no identifiers', () => {
    expect(read('to')).to.equal('ctx.to');
    expect(read('data.to')).to.equal('(ctx.data instanceof Map ? ctx.data.to : null)');
    expect(read('a.cs-host.b')).to.equal(
      "(ctx.a instanceof Map && ctx.a['cs-host'] instanceof Map ? ctx.a['cs-host'].b : null)",
    );
    expect(write('a.b', 'x')).to.deep.equal(['if (!(ctx.a instanceof Map)) { ctx.a = [:]; }', 'ctx.a.b = x;']);
  });
});

import { expect } from 'chai';
import { load as readYaml } from 'js-yaml';
import { parseYaml, type YamlDocument } from '@tollgate/sigma/yaml/yaml';
import { parseSigma } from '@tollgate/sigma/rules/parse';
import { loadShapes } from '../../../tools/telemetry/shape-load';
import { sigma } from '../../../tools/export/sigma';
import { referredFirst, sigmaText } from '../../../tools/export/sigma/document';
import { platformPipeline } from '../../../tools/export/sigma/pipeline';
import type { WholeContent } from '../../../tools/export/target';
import { repository } from '../sql/detectors';
import { CONTRACTS } from '../fixture';

const documentsIn = (text: string): YamlDocument[] => parseYaml('rules/shop/r.yml', text).documents;

describe('the bundle of Sigma rules', function () {
  this.timeout(60_000);
  let content: WholeContent;
  before(() => {
    const { content: own } = repository();
    content = { ...own, shapes: loadShapes('schemas/shapes', own.contracts).shapes };
  });

  it('means what the rules mean', () => {
    const { files, entries } = sigma(content);
    const documents = [...files]
      .filter(([path]) => path.startsWith('rules/'))
      .flatMap(([path, text]) => parseYaml(path, text).documents);
    const { rules, diagnostics } = parseSigma(documents);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).to.deep.equal([]);
    const meaning = (all: typeof rules) => all.map((rule) => ({ ...rule, file: '', document: 0 }));
    const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
    expect(meaning(rules).sort(byId)).to.deep.equal(meaning(content.rules).sort(byId));
    for (const { rule, exactness } of entries) expect(exactness).to.equal('kind' in rule ? 'exact' : 'refused');
    expect([...sigma(content).files]).to.deep.equal([...files]);
  });

  it('renames selections that other tools read as operators, in conditions too', () => {
    const [document] = documentsIn(
      'detection: {notification: {a: 1}, is_notification: {a: 2}, b: {a: not x}, condition: not notification or (b and not is_notification)}',
    );
    expect((readYaml(sigmaText(document!)) as { detection: unknown }).detection).to.deep.equal({
      is_is_notification: { a: 1 },
      is_notification: { a: 2 },
      b: { a: 'not x' },
      condition: 'not is_is_notification or (b and not is_notification)',
    });
    const [pattern] = documentsIn('detection: {nothing: {a: 1}, b: {a: 2}, condition: 1 of no*}');
    expect(() => sigmaText(pattern!)).to.throw(/has a pattern/);
  });

  it('keeps every text', () => {
    const odd = [
      '\'"\\$%|*?',
      'line\nbreak',
      '012',
      'yes',
      'null',
      '2026-01-01',
      '~',
      'é€😀',
      ' x ',
      '1e3',
      '%name%',
      '# no',
      '- x',
      '\u2028',
    ];
    const document = documentsIn(
      JSON.stringify({ title: odd.join(' '), detection: { a: { b: odd }, condition: 'a' } }),
    );
    const [again] = documentsIn(sigmaText(document[0]!));
    expect(again!.value).to.deep.equal(document[0]!.value);
  });

  it('puts what is referred to first', () => {
    const documents = documentsIn(
      ['outer', 'inner', 'base']
        .map((name, index, all) =>
          index < 2 ? `name: ${name}\ncorrelation: {rules: [${all[index + 1]}]}` : `name: ${name}`,
        )
        .join('\n---\n'),
    );
    expect(referredFirst(documents).map(({ value }) => (value as { name: string }).name)).to.deep.equal([
      'base',
      'inner',
      'outer',
    ]);
  });

  it("gives a platform's names, values and indices to the rules of its source", () => {
    const file = { repository: 'https://shop.example', files: { fields: 'fields.yml' } };
    const place = { type: 'keyword' as const, evidence: 'seen' as const, file: 'fields' };
    const text = platformPipeline(
      'shelf',
      [
        {
          id: 'shop.log',
          title: 'The shelf',
          platform: 'shelf',
          index: 'logs-*',
          ...file,
          only: { kind: ['sale'], who: true },
          fields: {
            action: { ...place, field: 'event.action', values: { buy: 'bought' } },
            shop: [
              { ...place, field: 'shop.name' },
              { ...place, field: 'shop.id' },
            ],
          },
          lacks: { number: 'it is a secret' },
        },
      ],
      CONTRACTS,
    );
    const { transformations } = readYaml(text) as { transformations: Record<string, unknown>[] };
    const rule_conditions = [{ type: 'logsource', product: 'shop', service: 'log' }];
    const of = (name: string) => [{ type: 'include_fields', fields: [name] }];
    expect(transformations).to.deep.equal([
      {
        id: 'shop.log lacks number',
        rule_conditions,
        type: 'detection_item_failure',
        field_name_conditions: of('number'),
        message: 'The shelf has no number: it is a secret',
      },
      {
        id: 'shop.log values of action',
        rule_conditions,
        type: 'map_string',
        field_name_conditions: of('action'),
        mapping: { buy: 'bought' },
      },
      {
        id: 'shop.log fields',
        rule_conditions,
        type: 'field_name_mapping',
        mapping: { action: 'event.action', shop: ['shop.name', 'shop.id'] },
      },
      { id: 'shop.log only', rule_conditions, type: 'add_condition', conditions: { kind: ['sale'], who: '*' } },
      { id: 'shop.log index', rule_conditions, type: 'set_state', key: 'index', val: 'logs-*' },
    ]);
  });
});

import { expect } from 'chai';
import { aws } from '../../../tools/export/aws';
import { LIMIT_PAGES, LIMITS } from '../../../tools/export/aws/limits';
import { listMachine, runMachine } from '../../../tools/export/aws/machine';
import type { StackTemplate } from '../../../tools/export/aws/template';
import { detection, equals, NOTHING, test } from '../fixture';
import { awsExport } from './content';
import { fill } from './filled';

describe('the limits of AWS', function () {
  this.timeout(300_000);

  it('are kept by every template', () => {
    const templates = [...awsExport().files].filter(([path]) => path.startsWith('templates/'));
    expect(templates.length).to.be.greaterThan(25);
    for (const [path, text] of templates) {
      expect(Buffer.byteLength(text), path).to.be.at.most(LIMITS.inlineTemplateBytes);
      const { Resources, Parameters = {}, Description } = JSON.parse(text) as StackTemplate;
      expect(Object.keys(Resources).length, path).to.be.at.most(LIMITS.resources);
      expect(Object.keys(Parameters).length, path).to.be.at.most(LIMITS.parameters);
      expect(Buffer.byteLength(Description), path).to.be.at.most(1024);
    }
    for (const machine of [runMachine(), listMachine()])
      expect(Buffer.byteLength(JSON.stringify(machine))).to.be.at.most(LIMITS.definitionBytes);
    const { Resources } = JSON.parse(awsExport().files.get('templates/metric-filters.json')!) as StackTemplate;
    const filters = Object.values(Resources).filter(({ Type }) => Type === 'AWS::Logs::MetricFilter');
    expect(filters.length).to.be.within(1, LIMITS.metricFilters);
    for (const { Properties } of filters)
      expect((Properties['FilterPattern'] as string).length).to.be.within(1, LIMITS.patternCharacters);
  });

  it('are kept by every statement, as it is read and as it is filled in', async () => {
    for (const [path, text] of awsExport().files) {
      if (!path.startsWith('statements/')) continue;
      // What the state machine reads comes as a text of JSON, with its headers.
      const payload = Buffer.byteLength(JSON.stringify({ Body: text })) + 4096;
      expect(payload, path).to.be.at.most(LIMITS.payloadBytes);
      const query = await fill(text);
      expect(Buffer.byteLength(query), path).to.be.at.most(LIMITS.queryBytes);
      expect(Buffer.byteLength(JSON.stringify({ QueryString: query })) + 4096, path).to.be.at.most(LIMITS.payloadBytes);
    }
  });

  it('keep out, with the reason, a rule whose statement or texts are longer', () => {
    const any = Array.from({ length: 9000 }, (_, n) =>
      test({ kind: 'pattern', field: 'action', parts: [`value ${n}`], cased: true }),
    );
    const rules = [
      detection('bought', equals('action', 'buy')),
      detection('many', { op: 'or', any }),
      detection('talks', equals('action', 'buy'), { description: 'ü'.repeat(4001) }),
    ];
    const { entries, files } = aws({ ...NOTHING, rules });
    const said = new Map(entries.map(({ rule, differences }) => [rule.id, differences.join()]));
    expect(said.get('bought')).to.equal('');
    expect(said.get('many')).to.match(/^Its statement has \d+ bytes, and a state machine takes 200000\.$/);
    expect(said.get('talks')).to.match(/^What is told of it has 8\d+ bytes, and a state machine takes 8000\.$/);
    expect([...files.keys()].filter((path) => path.startsWith('statements/detectors/'))).to.deep.equal([
      'statements/detectors/bought.sql',
    ]);
    expect([...files.keys()].filter((path) => path.startsWith('respond/'))).to.deep.equal(['respond/bought.md']);
  });

  it('stand on pages of AWS', () => {
    expect(Object.keys(LIMIT_PAGES)).to.have.members(Object.keys(LIMITS));
    for (const page of Object.values(LIMIT_PAGES)) expect(page).to.match(/^https:\/\/docs\.aws\.amazon\.com\//);
  });
});

import { expect } from 'chai';
import { Failure } from '../../tools/foundation/content/failure';
import { ElasticsearchEngine } from '../../tools/detection/elasticsearch/engine';
import { buildDataset } from '../../tools/simulate/dataset';
import { loadDatasets } from '../../tools/simulate/load';
import { loadContracts } from '../../tools/telemetry/load';
import { realNode, silent } from '../detection/elasticsearch/node';
import { Repository } from './repository';

const RULE = 'rules/twilio/twilio_verify_expired_block.yml';

describe('the harness fails when it should', () => {
  let repository: Repository;
  beforeEach(() => (repository = new Repository()));
  afterEach(() => repository.dispose());

  it('passes the rule as it is, so that the failures below are their own doing', () => {
    const { code, report } = repository.replay();
    expect(code).to.equal(0);
    expect(report.rules.map(({ verdict }) => verdict)).to.deep.equal(['not-proven']);
    expect(report.rules[0]!.campaigns).to.deep.equal({ present: 1, caught: 1, blind: 0 });
    expect(report.events.expected).to.be.greaterThan(1000);
  });

  it('on a rule that was broken so that it never fires', () => {
    repository.edit(RULE, 'gte: 25', 'gte: 5000');
    repository.edit(RULE, 'range: [5, 100]', 'range: [5, 9000]');
    const { code, report } = repository.replay();
    expect(code).to.equal(1);
    expect(report.rules[0]!.reasons.join('\n')).to.contain(
      'promises to catch leased-block-run and missed it in regional-shop; by how much: tollgate explain ',
    );
  });

  it('on a rule that was broken so that it fires on everyone', () => {
    repository.edit(RULE, 'gte: 25', 'gte: 1');
    repository.edit(RULE, 'range: [5, 100]', 'range: [1, 100]');
    repository.edit('datasets/worlds/regional-shop.yml', 'sends_per_day: 50', 'sends_per_day: 2000');
    const { code, report } = repository.replay();
    expect(code).to.equal(1);
    expect(report.rules[0]!.verdict).to.equal('fail');
    expect(report.rules[0]!.reasons.join()).to.contain('over its budget in regional-shop');
    expect(report.totals.benignIncidentsPerDay).to.be.greaterThan(0);
  });

  it('on a rule whose cases say otherwise', () => {
    repository.edit(RULE, 'gte: 25', 'gte: 26');
    const { code, stdout } = repository.run('test', '--engine', 'memory');
    expect(code).to.equal(1);
    expect(stdout).to.match(/expected 1 alert/i);
  });

  it('on a rule that asks for a value which its source never logs, before anything is replayed', () => {
    repository.edit(RULE, 'verification.expired', 'verification.expire');
    const { code, stderr } = repository.replay();
    expect(code).to.equal(1);
    expect(stderr).to.contain('unknown-value');
  });

  it('on content with an error, before anything is replayed', () => {
    repository.edit(RULE, 'timespan: 1h', 'timespam: 1h');
    const { code, stderr } = repository.replay();
    expect(code).to.equal(1);
    expect(stderr).to.contain(`${RULE}:`);
    expect(stderr).to.contain('nothing was run');
  });

  it('on an emptied dataset', () => {
    repository.remove('datasets/worlds/regional-shop.yml');
    const { code, stderr } = repository.run('replay', '--engine', 'memory');
    expect(code).to.equal(2);
    expect(stderr).to.contain('no world to replay');
  });

  it('on a world that does not run the source of a rule', () => {
    repository.edit('datasets/worlds/regional-shop.yml', 'twilio.verify, ', '');
    const { code, report, stderr } = repository.replay();
    expect(code, stderr).to.equal(1);
    expect(report.rules[0]!.reasons).to.include('its sources hold no benign event, so its silence shows nothing');
  });

  it('on a path that matches nothing, and on a name that is not there', () => {
    for (const args of [
      ['validate', 'rules/nowhere'],
      ['test', 'rules/nowhere'],
      ['replay', 'rules/nowhere'],
      ['replay', 'datasets/malicious'],
      ['replay', '--world', 'reginal-shop'],
      ['replay', '--scenario', 'leased-block-runn'],
      ['replay', '--engine', 'memry'],
    ]) {
      const { code, stdout, stderr } = repository.run(...args);
      expect(code, args.join(' ') + stderr).to.equal(2);
      expect(stdout).to.equal('');
      expect(stderr).to.match(/error/);
    }
  });
});

describe('the harness in Elasticsearch', () => {
  const node = realNode();
  let repository: Repository;
  beforeEach(() => (repository = new Repository()));
  afterEach(() => repository.dispose());

  it('agrees with memory on every match, and says so', () => {
    const { code, report, stderr } = repository.replay('--engine', 'both');
    expect(code, stderr).to.equal(0);
    expect(report.engine.name).to.equal('elasticsearch+memory');
    expect(report.differences).to.deep.equal([]);
    expect(report.events.indexed).to.equal(report.events.expected);
    expect(report.rules[0]!.campaigns.caught).to.equal(1);
  });

  it('ends with exit code 3 when a wrong mapping loses documents, and says what was lost', async () => {
    const { contracts } = loadContracts('schemas/telemetry');
    const { worlds } = loadDatasets('datasets');
    const world = worlds.find(({ name }) => name === 'regional-shop')!;
    const dataset = buildDataset({
      world,
      scenarios: [],
      contracts,
      seed: 1,
      days: 1,
      history: { days: 0, sources: [] },
    });
    const right = contracts.get('twilio.verify')!;
    const fields = Object.fromEntries(Object.entries(right.fields).filter(([name]) => name !== 'data.country'));
    const engine = new ElasticsearchEngine(node(), new Map([...contracts, ['twilio.verify', { ...right, fields }]]));
    const ended = await engine.execute('wrong-mapping', dataset.events(), [], silent).catch((error: unknown) => error);
    await engine.close();
    expect(ended).to.be.instanceOf(Failure);
    expect(ended).to.include({ exitCode: 3 });
    expect((ended as Failure).message)
      .to.match(/rejected \d+ of \d+ documents/)
      .and.to.contain('country');
  });
});

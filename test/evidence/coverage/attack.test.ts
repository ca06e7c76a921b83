import { expect } from 'chai';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findLayout } from '../../../tools/command/check/layout';
import { loadContent } from '../../../tools/command/check/load';
import { loadAttackMapping } from '../../../tools/evidence/coverage/attack';
import { tollgate } from '../../command/cli/run';

const FILE = join('coverage', 'attack.yml');

describe('the mapping to ATT&CK', () => {
  const { content } = loadContent(findLayout([]), { datasets: false });
  const documents = [...content.rules, ...content.queries];

  /** What is wrong with the mapping after a change of its text. */
  function wrong(from: string, to: string) {
    const dir = mkdtempSync(join(tmpdir(), 'tollgate-attack-'));
    try {
      const file = join(dir, 'attack.yml');
      const text = readFileSync(FILE, 'utf8');
      expect(text).to.include(from);
      writeFileSync(file, text.replace(from, to));
      return loadAttackMapping(file, documents);
    } finally {
      rmSync(dir, { recursive: true });
    }
  }

  it('has each of the five mutable elements of AN0443, each as parameters of ours with their values', () => {
    const { mapping, diagnostics } = loadAttackMapping(FILE, documents);
    expect(diagnostics).to.deep.equal([]);
    const names = [
      'TimeWindow',
      'SMSFrequencyThreshold',
      'DestinationCountryCodeFilter',
      'UserAgentAnomalyThreshold',
      'IPGeoVarianceScore',
    ];
    expect(mapping!.elements.map(({ name }) => name)).to.deep.equal(names);
    for (const { parameters } of mapping!.elements)
      for (const { value } of parameters) expect(value).to.match(/^[0-9.]+[smhd]?$/);
  });

  it('says where a rule or a parameter is not there', () => {
    const file = wrong('rules/twilio/twilio_message_block_burst.yml', 'rules/twilio/message_block_burts.yml');
    expect(file.mapping).to.equal(null);
    expect(file.diagnostics).to.have.length(1);
    expect(file.diagnostics[0]).to.include({ code: 'unknown-parameter' });
    expect(file.diagnostics[0]!.hint).to.include('twilio_message_block_burst.yml');
    const parameter = wrong('parameter: min_countries', 'parameter: min_country');
    expect(parameter.diagnostics.map(({ message }) => message)).to.deep.equal([
      "'queries/application/otp_one_address_many_countries.yml' has no parameter 'min_country'",
    ]);
    expect(wrong('meaning: How', 'mening: How').diagnostics.map(({ code }) => code)).to.include('unknown-key');
  });

  it('and the matrix are written, and held against what is committed', () => {
    const dir = mkdtempSync(join(tmpdir(), 'tollgate-coverage-'));
    try {
      expect(tollgate('coverage', '--check', '--out', dir)).to.include({ code: 1 });
      expect(tollgate('coverage', '--out', dir)).to.include({ code: 0 });
      expect(tollgate('coverage', '--check', '--out', dir)).to.include({ code: 0 });
      for (const path of [
        'docs/choose.md',
        'docs/coverage.md',
        'docs/coverage.svg',
        'exports/navigator/t1496.003.json',
      ])
        expect(readFileSync(path, 'utf8'), 'run tollgate coverage').to.equal(readFileSync(join(dir, path), 'utf8'));
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});

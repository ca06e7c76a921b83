import { expect } from 'chai';
import { findLayout } from '../../../tools/command/check/layout';
import { validate } from '../../../tools/command/check/validate';
import { repository } from './repository';

describe('the findings of a repository', () => {
  const { folder } = repository();

  it('have one finding a place, of the first stage that refuses it', () => {
    const { diagnostics } = validate(findLayout([folder]));
    const broken = diagnostics.filter(({ file }) => file.endsWith('broken_rule.yml'));
    expect(broken.map(({ code }) => code)).to.include('yaml-syntax');
    const places = broken.map(({ line, column }) => `${line}:${column}`);
    expect(new Set(places).size).to.equal(places.length);
  });
});

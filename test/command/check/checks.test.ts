import { expect } from 'chai';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKS } from '../../../tools/command/check/checks';
import { schemaCheck } from '../../../tools/command/check/schema';
import { content, findings, withCorrelation } from './content';

describe('the checks', () => {
  it('find nothing in a good rule but that it has no cases', () => {
    const found = [schemaCheck, ...CHECKS].flatMap((check) =>
      findings(check, content({ rules: withCorrelation('', '') })),
    );
    expect(found.map((one) => one.split(':').slice(0, 2).join(':'))).to.deep.equal([
      '2:1 missing-cases',
      '17:1 missing-cases',
    ]);
  });

  it('have a name and say what they check', () => {
    expect(new Set(CHECKS.map(({ name }) => name)).size).to.equal(CHECKS.length);
    for (const { what } of CHECKS) expect(what).to.match(/^[A-Z].*\.$/);
  });

  it('have each a test beside them, named as they are', () => {
    const names = (folder: string, end: string): string[] =>
      readdirSync(folder).flatMap((name) => (name.endsWith(end) ? [name.slice(0, -end.length)] : []));
    const tests = names(__dirname, '.test.ts');
    expect(
      names(join(__dirname, '../../../tools/command/check'), '.ts').filter((name) => !tests.includes(name)),
    ).to.deep.equal([]);
  });
});

import { expect } from 'chai';
import { findLayout } from '../../../tools/command/check/layout';
import { todoDiagnostics } from '../../../tools/command/check/todo';
import { rule } from './content';
import { repository } from './repository';

describe('what is left to write', () => {
  const { folder, write } = repository();
  const todo = (...paths: string[]): string[] =>
    todoDiagnostics(findLayout(paths.length > 0 ? paths : [folder])).map(
      ({ file, line, column, severity, message }) =>
        `${file.slice(folder.length + 1)}:${line}:${column} ${severity}: ${message}`,
    );

  it('is a warning in any file, and an error where the status claims more', () => {
    expect(todo()).to.deep.equal([]);
    write('datasets/malicious/pumping.yml', 'title: Pumping # TODO who does it\ntags: [TODO]\nother: myTODOs\n');
    write('rules/shop/shop_other.yml', rule({ title: '"TODO: what it sees"' }));
    write('queries/shop/shop_query.yml', 'status: experimental\ndescription: >-\n  TODO: what it sees.\n');
    expect(todo()).to.have.members([
      'datasets/malicious/pumping.yml:1:18 warning: left to write: who does it',
      'datasets/malicious/pumping.yml:2:8 warning: left to write: it does not say what',
      'rules/shop/shop_other.yml:1:9 error: left to write: what it sees',
      'queries/shop/shop_query.yml:3:3 warning: left to write: what it sees.',
    ]);
    expect(todo(`${folder}/rules/shop/shop_other.yml`)).to.have.length(1);
  });
});

import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { tollgate } from '../command/cli/run';
import { realNode } from '../detection/elasticsearch/node';

describe('a replay of all content', () => {
  realNode();

  /** What was found: a report without what differs from engine to engine. */
  const found = (report: string): string[] => {
    const [head, ...rest] = report.trim().split('\n\n');
    const worlds = head!.replace(/^Tollgate replay · \S+ \S+|.* events indexed .*/gm, '').split(/\s+/);
    const lines = rest.join('\n\n').split('\n');
    return [...worlds, ...lines.filter((line) => !line.startsWith('Engines'))];
  };

  it('finds in memory what docs/results.md shows of both engines', () => {
    const { code, stdout, stderr } = tollgate('replay', '--engine', 'memory');
    expect(code, stderr).to.equal(0);
    expect(stderr).to.equal('');
    const shown = /```text\n([^]*?)\n```/.exec(readFileSync('docs/results.md', 'utf8'))?.[1] ?? '';
    expect(shown)
      .to.match(/^Tollgate replay · elasticsearch\+memory /)
      .and.to.match(/Engines {4}agree on every match$/);
    expect(found(stdout), 'run `npm run results`').to.deep.equal(found(shown));
  });

  it('passes in both engines, which agree, in the world of an identity provider', () => {
    const { code, stdout, stderr } = tollgate('replay', '--engine', 'both', '--world', 'staff-portal');
    expect(code, stderr).to.equal(0);
    expect(stdout).to.match(/Engines {4}agree on every match\n$/);
  });
});

import { expect } from 'chai';
import { hyperlink } from '../../../tools/foundation/content/hyperlink';

const terminal = { isTTY: true };

describe('a link on a terminal', () => {
  const link = (
    env: NodeJS.ProcessEnv,
    stream: { isTTY?: boolean } = terminal,
    address: string | undefined = 'file:///a',
  ) => hyperlink('code', address, stream, env);

  it('is one where the terminal shows links', () => {
    const sequence = '\u001b]8;;file:///a\u001b\\code\u001b]8;;\u001b\\';
    for (const env of [
      { TERM_PROGRAM: 'vscode' },
      { TERM: 'xterm-kitty' },
      { WT_SESSION: 'x' },
      { VTE_VERSION: '7600' },
    ])
      expect(link(env), JSON.stringify(env)).to.equal(sequence);
  });

  it('is plain text elsewhere', () => {
    for (const env of [{}, { TERM: 'linux' }, { VTE_VERSION: '4999' }, { TERM_PROGRAM: 'vscode', TMUX: '/tmp/tmux' }])
      expect(link(env), JSON.stringify(env)).to.equal('code');
    expect(link({ WT_SESSION: 'x' }, { isTTY: false })).to.equal('code');
    expect(hyperlink('code', undefined, terminal, { WT_SESSION: 'x' })).to.equal('code');
  });
});

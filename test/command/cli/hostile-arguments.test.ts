import { expect } from 'chai';
import { tollgate } from './run';

const HARM = '\u001b[2J\n::error::harm\n##[error]harm\r\u202e';

describe('an argument that would harm whoever sees it', () => {
  for (const args of [
    [`--${HARM}`],
    [HARM],
    ['validate', `--${HARM}`],
    ['validate', '--format', HARM],
    ['validate', HARM],
    ['match', '--rules', HARM, '--events', HARM],
    ['match', '--rules', 'rules', '--events', HARM, '--threads', HARM],
    ['hunt', HARM],
    ['validate', HARM.repeat(500)],
    ['validate', '../'.repeat(2000)],
    ['generate', '--out', HARM, '--world', HARM],
    ['coverage', '--check', '--out', HARM],
    ['export', '--check', '--out', HARM],
  ])
    it(`is told as escapes: tollgate ${JSON.stringify(args).slice(0, 80)}`, () => {
      const { code, stdout, stderr } = tollgate(...args);
      for (const line of [...stdout.split('\n'), ...stderr.split('\n')])
        expect(line).not.to.match(/[\p{Cc}\p{Cf}]|^\s*(?:::|##\[)/u);
      expect(code).to.be.oneOf([1, 2]);
    });
});

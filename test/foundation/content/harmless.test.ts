import { expect } from 'chai';
import fc from 'fast-check';
import { harmless, harmlessLines } from '../../../tools/foundation/content/harmless';
import { reportError } from '../../../tools/command/cli/process';
import { Failure } from '../../../tools/foundation/content/failure';
import { diagnosticsAsPretty } from '../../../tools/command/report/diagnostics-pretty';

/** Any text, in which what is dangerous is frequent. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom('\n', '\r', '\u2028', '\u001b[31m', '\u202e', '::', '##[', ' ', '\t', 'error'),
      fc.string(),
    ),
  )
  .map((parts) => parts.join(''));

/** What GitHub's runners take for a command: they trim a line first. */
const COMMAND = /^\s*(?:::|##\[)/;

describe('a text that somebody else wrote', () => {
  it('has no character that drives a terminal or ends a line', () => {
    fc.assert(fc.property(text, (any) => void expect(harmless(any)).not.to.match(/[\p{Cc}\p{Cf}\u2028\u2029]/u)));
  });

  it('stays as it is where there is nothing to neutralise', () => {
    for (const plain of ['Codes to one block: café, 東京 → 30 %', 'a::b'])
      expect(harmless(plain), plain).to.equal(plain);
  });

  it('is no command to a runner in any of its lines', () => {
    fc.assert(
      fc.property(text, (any) => {
        for (const line of harmlessLines(any).split(/\r\n|\r|\n/)) expect(line).not.to.match(COMMAND);
      }),
    );
  });

  it('begins no line of a finding or of an error', () => {
    fc.assert(
      fc.property(text, text, (one, two) => {
        const finding = {
          file: one,
          line: 1,
          column: 1,
          severity: 'error',
          code: 'x',
          message: two,
          hint: one,
          rule: two,
        };
        let told = diagnosticsAsPretty({ files: 1, diagnostics: [finding as never] });
        reportError(new Failure(1, `it is ${one}`, two && `do ${two}`), (more) => (told += more));
        for (const line of told.split(/\r\n|\r|\n/)) expect(line).not.to.match(COMMAND);
      }),
    );
  });
});

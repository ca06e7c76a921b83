import { expect } from 'chai';
import { codePointGlob } from '@tollgate/sigma/memory/code-points';
import { foldCase } from '@tollgate/sigma/values/fold';
import { parsePattern } from '@tollgate/sigma/rules/pattern';
import { readDateTime } from '@tollgate/sigma/values/date-time';
import { parseAddress } from '@tollgate/sigma/rules/network';
import { NotExportable } from '../../../tools/export/target';
import { oddTexts } from '../odd-texts';
import { TRIED } from './engines';
import type { Engine } from './engines/engine';
import { ADDRESSES } from './random-events';

/** Capital letters of Unicode 16 and 17; which of them an engine knows depends on its age. */
const NEWEST = ['1c89', 'a7cb', 'a7cc', 'a7ce', 'a7d2', 'a7d4', 'a7da', 'a7dc'];

for (const subject of TRIED)
  describe(`what is printed for ${subject.dialect.title}`, () => {
    const { dialect } = subject;
    let engine: Engine;
    before(async () => {
      engine = await subject.open();
      await engine.run(dialect.setup);
    });
    after(() => engine.close());

    /** Whether the engine can hold a text at all; for one that it can't, the detector is refused. */
    function isHeld(text: string): boolean {
      return canRead(() => dialect.text(text));
    }

    /** The values of expressions, of which an answer has hundreds. */
    async function values(expressions: readonly string[]): Promise<unknown[]> {
      const found: unknown[] = [];
      for (let at = 0; at < expressions.length; at += 500) {
        const columns = expressions.slice(at, at + 500).map((expression, index) => `${expression} AS c${index}`);
        found.push(...Object.values((await engine.rows(`SELECT ${columns.join(', ')}`))[0]!));
      }
      return found;
    }

    it('is read as the constant that it was, whatever is in it', async () => {
      const texts = oddTexts(2000, 1).filter(isHeld);
      expect(texts.length).to.be.greaterThan(1000);
      expect(await values(texts.map((text) => dialect.text(text)))).to.deep.equal(texts);
      expect(() => dialect.text('half \ud800')).to.throw(/half a character/);
    });

    it('names what it should, whatever is in the name', async () => {
      const names = oddTexts(300, 2).filter((name) => name !== '' && !name.includes('\0'));
      for (const name of names) {
        const [row] = await engine.rows(`SELECT 1 AS ${dialect.identifier(name)}`);
        expect(Object.keys(row!)).to.deep.equal([name]);
      }
    });

    it('matches patterns as memory does', async () => {
      const [patterns, texts] = [oddTexts(1500, 3), oddTexts(1500, 4)];
      const cases = patterns.flatMap((pattern, index) => {
        const parts = parsePattern(pattern);
        const near = pattern.replace(/[*?]/g, (wild) => (wild === '*' ? texts[index]! : 'x'));
        if (pattern.includes('\0')) return [];
        return [texts[index]!, near].filter((text) => !text.includes('\0')).map((text) => ({ parts, text }));
      });
      const got = await values(cases.map(({ parts, text }) => dialect.like(dialect.text(text), parts)));
      expect(got.map(Boolean)).to.deep.equal(cases.map(({ parts, text }) => codePointGlob(parts)(text)));
      expect(got.filter(Boolean).length).to.be.greaterThan(500);
    });

    it('folds every character as memory does, but for letters that Unicode has had for no long time', async () => {
      const letters = lettersWithCase();
      const got = await values(letters.map((letter) => dialect.fold(dialect.text(letter), foldCase(letter))));
      const other = letters.filter((letter, index) => got[index] !== foldCase(letter));
      expect(NEWEST).to.include.members(other.map((letter) => letter.codePointAt(0)!.toString(16)));
    });

    it('reads times as memory does', async () => {
      const times = [
        '2026-01-05',
        '2026-02-30',
        '2026-01-05T24:00:00Z',
        '2026-01-05T24:00:01Z',
        '2026-01-05T10:61Z',
        '2026-01-05 10:00',
        '2026-01-05t10:00:00,5+02',
        '2026-01-05T10:00:00.123456-0530',
        '20260105T1000Z',
        '20260105',
        '2026-01-05T10:00:00 +02:00',
        '2026-01-05T10:00:60Z',
        '2026-01-05T10:00:00+24:00',
        '',
        'x',
      ];
      const read = await values(times.map((time) => dialect.timeOf(dialect.text(time))));
      expect(read).to.deep.equal(times.map(readDateTime));
    });

    it('reads addresses as memory does, or refuses to', async function () {
      if (!canRead(() => dialect.addressOf("'::'"))) this.skip();
      const addresses = [
        ...ADDRESSES,
        '1:2:3:4:5:6:7:8',
        '1:2:3:4:5:6:7::',
        '::1.2.3.4',
        '::ffff:1.2.3.256',
        ':1::',
        '1::2::3',
        '0001::0002',
        '00001::',
        '12345::',
        '256.1.1.1',
        ':',
        '::1:',
        '1:2',
      ];
      const got = await values(addresses.map((address) => dialect.addressOf(dialect.text(address))));
      expect(got).to.deep.equal(addresses.map(hexadecimal));
    });
  });

function canRead(write: () => string): boolean {
  try {
    return write() !== '';
  } catch (error) {
    if (error instanceof NotExportable) return false;
    throw error;
  }
}

/** Every letter below 0x10000 that has another form in some case. */
function lettersWithCase(): string[] {
  return Array.from({ length: 0xd800 - 1 }, (_, index) => String.fromCodePoint(index + 1)).filter(
    (letter) => letter.toLowerCase() !== letter || letter.toUpperCase() !== letter,
  );
}

function hexadecimal(text: string): string | null {
  const address = parseAddress(text);
  if (address === null) return null;
  const bytes = address.toByteArray();
  const whole = bytes.length === 4 ? [...new Array<number>(10).fill(0), 255, 255, ...bytes] : bytes;
  return whole.map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

import { expect } from 'chai';
import { isValidPhoneNumber } from 'libphonenumber-js/max';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { blockCount, COUNTRIES, isSafe, numberAt } from '../../tools/simulate/numbers';
import { PLANS } from '../../tools/simulate/plans';

/** Of each country; more than the parts of a plan that are somebody's and are looked for have neighbours. */
const SAMPLE = 1000;

/** Numbers from all over a country's blocks, evenly. */
function sampleOf(country: string): string[] {
  const count = blockCount(country);
  return Array.from({ length: SAMPLE }, (_, n) =>
    numberAt(country, Math.floor((n * count) / SAMPLE), (n * 7919) % 10_000),
  );
}

/** The number, and what a device may make of it that drops a zero, or all of them. */
function formsOf(country: string, number: string): string[] {
  const plan = PLANS[country]!;
  if (plan.how === 'exchange') return [number];
  const code = 1 + plan.code.length;
  return [0, 1, plan.zeros].map((dropped) => number.slice(0, code) + number.slice(code + dropped));
}

describe('by libphonenumber', () => {
  it('no number that the simulator can make is valid, nor what is left of it without its zeros', function () {
    this.timeout(60_000);
    const valid = COUNTRIES.flatMap((country) =>
      sampleOf(country)
        .flatMap((number) => formsOf(country, number))
        .filter((number) => isValidPhoneNumber(number)),
    );
    expect(valid).to.deep.equal([]);
  });

  it('there is somebody’s number beside them, so that it would find one', () => {
    // The Dominican Republic's exchanges 0xx and 1xx, a pager in Australia, a line in Bogotá that the trunk prefix of a carrier precedes.
    for (const number of ['+18090012345', '+61016312345', '+570346012345', '+33612345678']) {
      expect(isValidPhoneNumber(number), number).to.equal(true);
      expect(isSafe(number), number).to.equal(false);
    }
  });

  it('each country has its numbers once', () => {
    for (const country of COUNTRIES) {
      const count = blockCount(country);
      const blocks = new Set(Array.from({ length: count }, (_, block) => numberAt(country, block, 0)));
      expect(blocks.size, country).to.equal(count);
      expect(count, country).to.be.at.least(200);
      expect(numberAt(country, count, 0)).to.equal(numberAt(country, 0, 0));
    }
  });
});

describe('what is written by hand', () => {
  it('in datasets, cases, contracts and fixtures names no number that is somebody’s, beside senders for fiction', () => {
    const valid = FOLDERS.flatMap((folder) => filesBelow(join(ROOT, folder))).flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\+[1-9]\d{6,14}(?!\d)/g)]
        .map(([number]) => number)
        .filter((number) => isValidPhoneNumber(number) && !FOR_FICTION.test(number))
        .map((number) => `${file}: ${number}`),
    );
    expect(valid).to.deep.equal([]);
  });
});

const ROOT = join(__dirname, '..', '..');
const FOLDERS = ['datasets', 'schemas', 'rules', 'queries', join('test', 'fixtures')];
/** 555-0100 to 0199 of an area, set aside for fiction. */
const FOR_FICTION = /^\+1[2-9]\d{2}55501\d{2}$/;

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

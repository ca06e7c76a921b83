import { expect } from 'chai';
import { build } from 'esbuild';
import { join } from 'node:path';
import { launch, type Browser } from 'puppeteer-core';
import { chromium } from '../support/chromium';
import { judged } from './judged';

describe('the package @tollgate/sigma in a browser', () => {
  let browser: Browser | undefined;

  before(async function () {
    // Not everybody has one; that it was not tried is reported.
    if (chromium === undefined) return this.skip();
    browser = await launch({ executablePath: chromium, args: ['--no-sandbox'] });
  });
  after(() => browser?.close());

  it('finds what it finds in Node', async () => {
    const { outputFiles } = await build({
      entryPoints: [join(__dirname, 'judged.ts')],
      bundle: true,
      platform: 'browser',
      format: 'iife',
      globalName: 'fixture',
      write: false,
      // What is tried is what is published, not its sources.
      tsconfigRaw: '{}',
    });
    const page = await browser!.newPage();
    const found = await page.evaluate(`${outputFiles[0]!.text}; fixture.judged()`);
    expect(found).to.equal(judged());
    const { problems, matches, alerts } = JSON.parse(judged()) as Record<string, unknown[]>;
    expect(problems).to.deep.equal([]);
    expect(matches).to.have.length(14);
    expect(alerts).to.have.length(6);
  });
});

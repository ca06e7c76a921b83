import { expect } from 'chai';
import { launch, type Browser, type Page } from 'puppeteer-core';
import { chromium } from '../../../support/chromium';
import { lowContrast } from './contrast';
import { PAGES } from './pages';

describe('pages in a browser', () => {
  let browser: Browser;

  before(async function () {
    if (chromium === undefined) return this.skip();
    browser = await launch({ executablePath: chromium, args: ['--no-sandbox'] });
  });
  after(() => browser?.close());

  /** The page as a reader sees it, and what the browser complained of. */
  async function opened(html: string, width: number, scheme: string): Promise<{ page: Page; complaints: string[] }> {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('request', (request) => {
      if (!/^(data|about):/.test(request.url())) complaints.push(`asks for ${request.url()}`);
    });
    await page.setViewport({ width, height: 900 });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await page.setContent(html);
    return { page, complaints };
  }

  for (const [name, make] of Object.entries(PAGES)) {
    for (const [width, scheme] of [
      [1280, 'light'],
      [1280, 'dark'],
      [390, 'light'],
    ] as const)
      it(`${name}: complains of nothing, is no wider than its screen and is readable at ${width} pixels, ${scheme}`, async () => {
        const { page, complaints } = await opened(await make(), width, scheme);
        expect(complaints).to.deep.equal([]);
        expect(await page.evaluate('document.documentElement.scrollWidth')).to.equal(width);
        expect(await page.evaluate(`(${lowContrast.toString()})()`)).to.deep.equal([]);
        await page.close();
      });

    it(`${name}: shows what a table is of whole on a telephone, however wide the table and wherever it is scrolled to`, async () => {
      const { page } = await opened(await make(), 390, 'light');
      const cutOff = `[...document.querySelectorAll('.scroll:has(caption)')].filter((frame) => {
        frame.scrollLeft = frame.scrollWidth;
        const { left, right } = frame.querySelector('caption').getBoundingClientRect();
        return left < 0 || right > innerWidth;
      }).map((frame) => frame.textContent.trim().slice(0, 60))`;
      expect(await page.evaluate(cutOff)).to.deep.equal([]);
      await page.close();
    });

    it(`${name}: leads the keyboard to the report first, and shows where it is`, async () => {
      const { page } = await opened(await make(), 1280, 'light');
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.textContent')).to.equal('Skip to the report');
      expect(await page.evaluate('document.activeElement.getBoundingClientRect().left')).to.be.at.least(0);
      await page.keyboard.press('Enter');
      expect(await page.evaluate('document.activeElement.id')).to.equal('main');
      await page.keyboard.press('Tab');
      const outline =
        "getComputedStyle(document.activeElement).outlineStyle + ' ' + getComputedStyle(document.activeElement).outlineWidth";
      expect(await page.evaluate(outline)).to.equal('solid 3px');
      await page.close();
    });
  }
});

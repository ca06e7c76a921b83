import { expect } from 'chai';

/** The values of an attribute in a page, in their order. */
export function attribute(page: string, name: string): string[] {
  return [...page.matchAll(new RegExp(`\\s${name}="([^"]*)"`, 'g'))].map(([, value]) => value!);
}

/** What holds of every page: one file that needs nothing, with ids that are there once, headings in order and charts that are told in words. */
export function expectWhole(page: string): void {
  expect(page.startsWith('<!doctype html>')).to.equal(true);
  expect(Buffer.byteLength(page)).to.be.at.most(1_000_000);
  for (const href of attribute(page, 'href')) expect(href).to.match(/^(#|data:,$)/);
  expect(page).not.to.match(/<(script|iframe|img|object|embed|base|form)\b/i);
  expect(page).not.to.match(/<[^>]*\s(on\w+|src|srcset|action|xlink:href)=|url\(|@import/i);
  const ids = attribute(page, 'id');
  expect(new Set(ids).size, 'an id is there twice').to.equal(ids.length);
  const known = new Set(ids);
  const references = [
    ...attribute(page, 'aria-labelledby'),
    ...attribute(page, 'aria-describedby'),
    ...attribute(page, 'href').flatMap((href) => (href.startsWith('#') ? href.slice(1) : [])),
  ];
  for (const id of references) expect(known.has(id), `nothing has the id ${id}`).to.equal(true);
  const levels = [...page.matchAll(/<h([1-6])\b/g)].map(([, level]) => Number(level));
  expect(levels[0]).to.equal(1);
  expect(levels.filter((level) => level === 1)).to.have.length(1);
  for (const [at, level] of levels.entries())
    if (at > 0) expect(level, `heading ${at} skips a level`).to.be.at.most(levels[at - 1]! + 1);
  for (const [svg] of page.matchAll(/<svg\b[\s\S]*?<\/svg>/g)) {
    expect(svg).to.match(/^<svg [^>]*role="img"/);
    expect(svg).to.match(/<title id="[^"]+">[^<]+<\/title><desc id="[^"]+">[^<]+<\/desc>/);
    expect(svg).not.to.match(/NaN|undefined|Infinity/);
  }
  for (const [table] of page.matchAll(/<table\b[\s\S]*?<\/table>/g)) {
    expect(table).to.contain('<caption>');
    expect(table).to.contain('scope="col"');
  }
}

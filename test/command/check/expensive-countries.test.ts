import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { load } from 'js-yaml';
import { findLayout } from '../../../tools/command/check/layout';

/** Dollars a message, from which a country is expensive (docs/hunting.md). */
const EXPENSIVE = 0.2;

interface Query {
  title: string;
  detection: Record<string, { 'destination.country'?: string[] } | string>;
}

describe('the expensive countries of queries', () => {
  it('are those of the rate card', () => {
    const { prices } = load(readFileSync('datasets/rate-card.yml', 'utf8')) as {
      prices: Record<string, { usd: number }>;
    };
    const expensive = Object.keys(prices).filter((country) => prices[country]!.usd >= EXPENSIVE);
    const queries = findLayout([]).queries.map((file) => load(readFileSync(file, 'utf8')) as Query);
    const named = queries.flatMap(({ title, detection }) =>
      Object.values(detection).flatMap((selection) => {
        const countries = typeof selection === 'string' ? undefined : selection['destination.country'];
        return countries ? [{ title, countries }] : [];
      }),
    );
    expect(named).to.have.length.above(40);
    for (const { title, countries } of named) expect(countries, title).to.have.members(expensive);
  });
});

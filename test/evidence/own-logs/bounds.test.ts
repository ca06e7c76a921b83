import { expect } from 'chai';
import { parseQueries } from '../../../tools/detection/hunt/parse';
import { plansOfQuery } from '../../../tools/evidence/own-logs/bounds';
import { parseYaml } from '@tollgate/sigma/yaml/yaml';
import { queryText } from '../../detection/hunt/fixture';
import { contracts } from './logs';

describe('what a query has to fetch of an index', () => {
  /** The least events of a group in two windows' buckets; null where all matches are fetched. */
  const least = (having: string): number | null | undefined => {
    const text = queryText({ having, ...(!having.includes('$') && { parameters: null }) });
    const { queries, diagnostics } = parseQueries(parseYaml('q.yml', text).documents, contracts);
    expect(diagnostics).to.deep.equal([]);
    const [query] = queries;
    const parts = Object.keys(query!.selections).map((id, request) => ({ id, request }));
    return plansOfQuery(query!, parts)[0]!.bound?.least ?? null;
  };

  it('is of groups with half of what its having asks for', () => {
    expect(least('sends >= $min_sends')).to.equal(2);
    expect(least('sends >= 40 and conversion < 0.1')).to.equal(20);
    expect(least('sends >= max(40, 10)')).to.equal(20);
    expect(least('sends >= max(40, count_limit(before, 0.1, 0.001))')).to.equal(20);
    expect(least('sends >= count_limit(before, 0.1, 0.001)')).to.equal(null);
  });
});

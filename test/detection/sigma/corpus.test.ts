import { expect } from 'chai';
import { findYaml } from '../../../tools/foundation/content/find';
import { loadYaml } from '../../../tools/foundation/content/load-yaml';
import { parseSigma } from '@tollgate/sigma/rules/parse';

/** The folder of SigmaHQ's active rules, commit 8eaafff; none of them is in this repository. */
const CORPUS = process.env['TOLLGATE_CORPUS'];

describe('sigma: the public rules (TOLLGATE_CORPUS names their folder)', () => {
  it('are all read; refused are the two whose placeholder only the reader can fill', function () {
    if (CORPUS === undefined) this.skip();
    const files = findYaml([CORPUS]).map(loadYaml);
    const documents = files.flatMap((file) => file.documents);
    const { rules, diagnostics } = parseSigma(documents);
    const errors = [...files.flatMap((file) => file.diagnostics), ...diagnostics].filter(
      ({ severity }) => severity === 'error',
    );
    expect(errors.map(({ code }) => code)).to.deep.equal(['unresolved-placeholder', 'unresolved-placeholder']);
    expect(documents).to.have.length(3757);
    expect(rules).to.have.length(3755);
    const filled = parseSigma(documents, { placeholders: { known_cdcs: ['dc1.example.org'] } });
    expect(filled.rules).to.have.length(3757);
  });
});

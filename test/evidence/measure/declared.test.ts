import { expect } from 'chai';
import { declaredIn, withDeclared } from '../../../tools/evidence/measure/declared';
import { loadContent } from '../../../tools/command/check/load';
import { findLayout } from '../../../tools/command/check/layout';
import { detectorUnit, unitResult } from './sample';

describe('what measured detectors declare of themselves', () => {
  it('is what their files say now, in the order of the files, and what they found stays', () => {
    const { content } = loadContent(findLayout([]));
    const declared = declaredIn({ rules: content.sigma, queries: content.hunts });
    const [rule, query] = [content.sigma.find(({ level }) => level === 'critical')!, content.hunts[0]!];
    const baseline = detectorUnit('a baseline');
    baseline.detector.kind = 'baseline';
    const detectors = [detectorUnit(rule.id), detectorUnit(query.id), baseline];
    const mixed = [...detectors, detectorUnit('gone')].reverse();
    const result = withDeclared(unitResult({ detectors: mixed }), declared);
    expect(result.detectors.map(({ detector: { title, level } }) => [title, level])).to.deep.equal([
      [rule.title, 'critical'],
      [query.title, query.level],
      [detectors[2]!.detector.title, detectors[2]!.detector.level],
    ]);
    expect(result.detectors.map(({ judgement }) => judgement)).to.deep.equal(
      detectors.map(({ judgement }) => judgement),
    );
  });
});

import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure, parseFiles } from '../../../tools/command/library';

const BASE = 'title: Base\nname: base\nlogsource: {product: p}\ndetection: {a: {x: 1}, condition: a}\n';
const TWICE = `title: Twice
correlation: {type: event_count, rules: [base], group-by: [who], timespan: 1m, condition: {gte: 2}}
`;

describe('rules of files', () => {
  it('are read as one whole', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tollgate-'));
    try {
      writeFileSync(join(folder, 'b.yml'), BASE);
      writeFileSync(join(folder, 'a.yml'), TWICE);
      const { rules, diagnostics } = parseFiles([folder]);
      expect(diagnostics).to.deep.equal([]);
      expect(rules.map(({ kind }) => kind)).to.deep.equal(['correlation', 'detection']);
      expect(() => parseFiles([join(folder, 'nothing')])).to.throw(Failure);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

import { expect } from 'chai';
import { parseYaml } from '@tollgate/sigma/yaml/yaml';
import { parametersOf } from '../../../tools/detection/parameters/declared';
import { valuesOver } from '../../../tools/evidence/tune/values';
import { Failure } from '../../../tools/foundation/content/failure';

describe('the values of a sweep', () => {
  const over = (parameter: string, steps: number): number[] => {
    const text = `id: a\nmeasures: {}\nparameters: {p: {${parameter}, unit: numbers, description: Some of them.}}\n`;
    return valuesOver(parametersOf(parseYaml('queries/q.yml', text).documents)[0]!, steps);
  };

  it('go over the range in equal steps, and have the present value', () => {
    expect(over('type: number, default: 0.3, range: [0, 1]', 3)).to.deep.equal([0, 0.3, 0.5, 1]);
  });
  it('multiply where the range is wide', () => {
    expect(over('type: integer, default: 10, range: [1, 1000]', 4)).to.deep.equal([1, 10, 100, 1000]);
    expect(over('type: number, default: 0.01, range: [0.0001, 0.01]', 3)).to.deep.equal([0.0001, 0.001, 0.01]);
  });
  it('are each once, of whole numbers too', () => {
    expect(over('type: integer, default: 3, range: [3, 5]', 20)).to.deep.equal([3, 4, 5]);
  });
  it('are not known without a range', () => {
    expect(() => over('type: integer, default: 3', 5)).to.throw(Failure, 'has no range');
  });
});

import { isMap } from '@tollgate/sigma/values/map';
import { Reporter } from '@tollgate/sigma/rules/reporter';
import { mapAt, type Check } from './content';

export const parametersCheck: Check = {
  name: 'parameters',
  what: "A rule's tunable parameter points at a number of the rule, inside the range that it gives.",
  run: ({ rules }) =>
    rules.flatMap((document) => {
      const reporter = new Reporter(document);
      for (const [name, parameter] of Object.entries(mapAt(mapAt(document.value, 'tollgate'), 'parameters'))) {
        if (!isMap(parameter) || typeof parameter['at'] !== 'string' || !Array.isArray(parameter['range'])) continue;
        const path = ['tollgate', 'parameters', name];
        const [low, high] = parameter['range'] as [unknown, unknown];
        if (typeof low !== 'number' || typeof high !== 'number') continue;
        if (low >= high)
          reporter.error(
            'bad-range',
            [...path, 'range'],
            `range [${low}, ${high}] holds no values`,
            'write [lowest, highest]',
          );
        const target = valueAt(document.value, parameter['at'].split('.'));
        const number = typeof target === 'string' ? duration(target) : target;
        if (typeof number !== 'number') {
          const hint =
            'give the dotted path of a number or a timespan in this document, such as correlation.condition.gte';
          reporter.error('bad-parameter', [...path, 'at'], `'${parameter['at']}' is no number of this rule`, hint);
        } else if (low < high && (number < low || number > high)) {
          reporter.error(
            'bad-range',
            [...path, 'range'],
            `the rule's value ${String(target)} is outside [${low}, ${high}]`,
            'widen the range, or correct the value',
          );
        }
      }
      return reporter.diagnostics;
    }),
};

function valueAt(value: unknown, steps: string[]): unknown {
  let node = value;
  for (const step of steps) {
    if (typeof node !== 'object' || node === null || !Object.keys(node).includes(step)) return undefined;
    node = (node as Record<string, unknown>)[step];
  }
  return node;
}

/** The number of a timespan such as `10m`: its range is in the unit in which it is written. */
function duration(text: string): number | undefined {
  const [, digits] = /^(\d{1,9})[smhdw]$/.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

import { parseSigma } from '@tollgate/sigma/rules/parse';
import type { Plan } from '@tollgate/sigma/rules/plan';
import { parseYaml } from '@tollgate/sigma/yaml/yaml';

/** The plan of a rule with this detection, in YAML's flow style. */
export function planOf(detection: string): Plan {
  const text = `title: x\nid: 3a0f6a3c-7d0c-4d4e-9f0a-000000000001\nlogsource: {category: x}\ndetection: ${detection}`;
  const [rule] = parseSigma(parseYaml('rule.yml', text).documents, {}).rules;
  return (rule as Extract<typeof rule, { kind: 'detection' }>).plan;
}

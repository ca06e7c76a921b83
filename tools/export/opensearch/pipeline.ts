import type { Contract } from '../../telemetry/contract';
import type { Processor } from '../elastic/derived';
import { read, write } from '../elastic/painless';
import { ingestPipeline } from '../elastic/pipeline';

/**
 * The ingest pipeline of a source for OpenSearch, which has no `copy_from` in `set`, no `*` in `dot_expander` and no `_meta`
 * (https://docs.opensearch.org/2.19/ingest-pipelines/processors/set/, …/dot-expander/): Painless does what these do.
 */
export function opensearchPipeline(contract: Contract): Record<string, unknown> {
  const { processors, ...others } = ingestPipeline(contract) as { processors: Processor[] };
  const known = Object.entries(others).filter(([key]) => key !== '_meta');
  return { ...Object.fromEntries(known), processors: processors.map(portable) };
}

function portable(processor: Processor): Processor {
  const { dot_expander: dots, set } = processor;
  if (dots) return script(EXPAND, dots);
  if (set?.['copy_from'] === undefined) return processor;
  const { field, copy_from: from } = set;
  const source = [
    `def copied = ${read(String(from))};`,
    'if (copied != null) {',
    ...write(String(field), 'copied').map((line) => `  ${line}`),
    '}',
  ];
  return script(source, set);
}

/** A script with the condition and the description of what it stands for. */
function script(source: readonly string[], { if: condition, description }: Record<string, unknown>): Processor {
  return {
    script: {
      lang: 'painless',
      source: source.join('\n'),
      ...(condition !== undefined && { if: condition }),
      ...(description !== undefined && { description }),
    },
  };
}

/** Makes maps of keys with dots; what else stood there goes, and two maps become one. */
const EXPAND = [
  'List dotted = [];',
  "for (def key : ctx.keySet()) { if (key.indexOf('.') > 0 && !key.startsWith('_')) { dotted.add(key); } }",
  'for (def key : dotted) {',
  '  def value = ctx.remove(key);',
  '  def level = ctx;',
  "  String[] keys = key.splitOnToken('.');",
  '  for (int i = 0; i < keys.length - 1; i++) {',
  '    if (!(level.get(keys[i]) instanceof Map)) { level.put(keys[i], [:]); }',
  '    level = level.get(keys[i]);',
  '  }',
  '  String last = keys[keys.length - 1];',
  '  if (value instanceof Map && level.get(last) instanceof Map) { level.get(last).putAll(value); } else { level.put(last, value); }',
  '}',
];

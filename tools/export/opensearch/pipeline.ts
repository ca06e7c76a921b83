import type { Contract } from '../../telemetry/contract';
import type { Processor } from '../lucene/derived';
import { read, write } from '../lucene/painless';
import { ingestPipeline } from '../lucene/pipeline';

interface Pipeline {
  description: string;
  processors: Processor[];
  on_failure: Processor[];
}

/** A source's ingest pipeline in the words of OpenSearch, which has no `copy_from`, no `*` in `dot_expander` and no `_meta`. */
export function openSearchPipeline(contract: Contract): Record<string, unknown> {
  const { description, processors, on_failure } = ingestPipeline(contract) as unknown as Pipeline;
  return {
    description,
    on_failure,
    processors: processors.filter((processor) => !processor['dot_expander']).map(withoutCopies),
  };
}

function withoutCopies(processor: Processor): Processor {
  const { field, copy_from: from, if: condition } = processor['set'] ?? {};
  if (from === undefined) return processor;
  const source = [
    `def copied = ${read(String(from))};`,
    'if (copied != null) {',
    ...write(String(field), 'copied'),
    '}',
  ];
  return { script: { lang: 'painless', source: source.join('\n'), ...(condition !== undefined && { if: condition }) } };
}

import type { FieldEvidence } from '../../evidence/own-logs/field-evidence';

/** A site's evidence as its file has it: YAML that a person reads before publishing it. */
export function evidenceText({ site, engine, sources, detectors }: FieldEvidence): string {
  const list = (items: object[]): string[] =>
    items.flatMap((item) =>
      Object.entries(item).map(
        ([key, value], index) => `${index === 0 ? '  - ' : '    '}${key}: ${JSON.stringify(value)}`,
      ),
    );
  return [
    '# What one site saw of the pack on its own logs; written by `tollgate evidence`. It has no value of any record.',
    `site: ${JSON.stringify(site)}`,
    `engine: ${JSON.stringify(engine)}`,
    'sources:',
    ...list(sources),
    'detectors:',
    ...list(detectors),
    '',
  ].join('\n');
}

import type { Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import { Reporter } from '@tollgate/sigma/rules/reporter';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import { platformOf } from '../../detection/acts/act';
import { sourcesOf } from '../../evidence/replay/rule-detector';
import type { World } from '../../simulate/world';
import { documentOf, mapAt, textsAt, type Content } from './content';

/** The product's own code, forms and proxy are everybody's. */
const EVERYWHERE = 'application';

/**
 * Acts on a platform where whoever has the alert need have no account: neither the one whose log the rule or query reads, nor one that any world runs
 * beside it. Content without worlds is not judged.
 */
export function strangeActs(content: Content, worlds: readonly Pick<World, 'sources'>[]): Diagnostic[] {
  if (worlds.length === 0) return [];
  const byId = new Map(content.sigma.map((rule) => [rule.id, rule]));
  const ofRules = content.sigma.map((rule) => ({
    document: documentOf(content, rule),
    sources: sourcesOf(rule, byId, content.contracts),
  }));
  const ofQueries = content.hunts.flatMap(({ id, file, source }) => {
    const document = content.queries.find((one) => one.file === file && mapAt({ one: one.value }, 'one')['id'] === id);
    return document ? [{ document, sources: [source] }] : [];
  });
  return [...ofRules, ...ofQueries]
    .filter(({ document, sources }) => content.isJudged(document.file) && sources.length > 0)
    .flatMap(({ document, sources }) => judge(document, [...new Set(sources.map(platformOf))], worlds, content.acts));
}

function judge(
  document: YamlDocument,
  own: string[],
  worlds: readonly Pick<World, 'sources'>[],
  acts: ReadonlySet<string>,
): Diagnostic[] {
  const beside = worlds
    .map(({ sources }) => sources.map(platformOf))
    .filter((all) => own.some((one) => all.includes(one)));
  const there = new Set([...own, ...beside.flat(), EVERYWHERE]);
  const reporter = new Reporter(document);
  for (const { text, index } of textsAt(mapAt(document.value, 'tollgate'), 'acts')) {
    const platform = platformOf(text);
    if (!acts.has(text) || there.has(platform)) continue;
    reporter.error(
      'strange-act',
      ['tollgate', 'acts', index],
      `'${text}' is an act on ${platform}, which a site that has a log of ${own.join(' or ')} need not use`,
      `name acts on ${[...there].sort().join(', ')}; or add a world that runs both`,
    );
  }
  return reporter.diagnostics;
}

import { didYouMean } from '@tollgate/sigma/diagnostics/suggest';
import type { Placeholders } from '@tollgate/sigma/rules/transform';
import type { Rule } from '@tollgate/sigma/rules/model';
import { Failure } from '../../foundation/content/failure';
import { contentName, isYaml } from '../../foundation/content/find';
import type { HuntQuery } from '../../detection/hunt/types';
import { subjectOfQuery, subjectOfRule, type Explainable } from '../../evidence/explain/subject';
import { reported } from '../../evidence/replay/rule-detector';
import { fileOnceCalled } from '../check/former-names';
import { findLayout, OWN_ROOT, type Layout } from '../check/layout';
import { loadContent, type Loaded } from '../check/load';
import { tellFindings } from '../report/diagnostics';
import { siteValues, tellFilters } from './content';

/** A rule or query with the content in which it was found. */
export interface FoundSubject {
  subject: Explainable;
  loaded: Loaded;
  layout: Layout;
}

/**
 * The rule or query of a file, or the one with this file name, `name`, title or id: of the content here, or else of Tollgate's own.
 * `site` is a file with a site's values for placeholders: which filters are then applied is said on stderr.
 * Throws a `Failure`: (2) where there is none or several, (1) where it has errors, which are told.
 */
export function findExplained(name: string, site?: string): FoundSubject {
  const placeholders = siteValues(site);
  const found = foundBy(name, placeholders);
  if (site !== undefined) tellFilters(found.loaded);
  return found;
}

function foundBy(name: string, placeholders: Placeholders): FoundSubject {
  if (isYaml(name)) {
    const layout = findLayout([name]);
    const isFile = (file: string) => layout.selected!.has(file);
    const found = foundIn(name, layout, { placeholders, isMeant: ({ file }) => isFile(file), isFile });
    if (found) return found;
    throw new Failure(2, `${name} holds no rule and no query`, 'name a file that holds one');
  }
  const here = findLayout([], { orOwn: true });
  const layouts = here.root === OWN_ROOT ? [here] : [here, findLayout([OWN_ROOT])];
  const names: string[] = [];
  for (const layout of layouts) {
    const isFile = (file: string) => contentName(file) === name;
    const isMeant = (one: Rule | HuntQuery) =>
      isFile(one.file) || one.id === name || one.title === name || ('name' in one && one.name === name);
    const found = foundIn(name, layout, { placeholders, isMeant, isFile, names });
    if (found) return found;
  }
  for (const layout of layouts) {
    const former = fileOnceCalled(name, [...layout.rules, ...layout.queries]);
    const isFile = (file: string) => file === former;
    const found =
      former === undefined
        ? null
        : foundIn(name, layout, { placeholders, isMeant: ({ file }) => isFile(file), isFile });
    if (found) return found;
  }
  throw new Failure(2, `there is no rule or query '${name}'`, didYouMean(contentName(name), names));
}

interface Wanted {
  placeholders: Placeholders;
  isMeant: (one: Rule | HuntQuery) => boolean;
  isFile: (file: string) => boolean;
  /** Gets the names of what is there, where nothing is found. */
  names?: string[];
}

function foundIn(
  name: string,
  layout: Layout,
  { placeholders, isMeant, isFile, names = [] }: Wanted,
): FoundSubject | null {
  const loaded = loadContent(layout, { datasets: false, placeholders });
  const { content, filters, diagnostics } = loaded;
  const meant = [...content.sigma, ...content.hunts].filter(isMeant);
  // Of a file with a correlation and the rules that are there for it, the correlation is meant; any of them by its own name.
  const own = new Set<Rule | HuntQuery>([...reported(content.sigma), ...content.hunts]);
  const chosen = meant.length > 1 ? meant.filter((one) => own.has(one)) : meant;
  const files = new Set(meant.map(({ file }) => file));
  const found = [diagnostics.yaml, diagnostics.sigma, diagnostics.queries]
    .flat()
    .filter(({ severity, file }) => severity === 'error' && (files.has(file) || isFile(file)));
  if (found.length > 0) {
    tellFindings({ files: 1, diagnostics: found });
    throw new Failure(1, `${found[0]!.file} has errors`, 'correct them first; tollgate validate checks all content');
  }
  const [one, ...more] = chosen;
  if (one === undefined) {
    names.push(...[...layout.rules, ...layout.queries].map(contentName));
    names.push(...content.sigma.flatMap((rule) => rule.name ?? []));
    return null;
  }
  if (more.length > 0)
    throw new Failure(
      2,
      `'${name}' means ${chosen.length}: ${chosen.map(({ title, id }) => `'${title}' (${id})`).join(', ')}`,
      'give the id of one of them',
    );
  const explain = {
    rules: content.sigma,
    filters,
    contracts: content.contracts,
    documents: [...content.rules, ...content.queries],
  };
  const subject = 'kind' in one ? subjectOfRule(one, explain) : subjectOfQuery(one, explain);
  return { subject, loaded, layout };
}

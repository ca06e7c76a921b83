import { readSource } from '../../foundation/content/source';
import { contentName } from '../../foundation/content/find';

/** What a content file holds. */
export type ContentKind =
  | 'rule'
  | 'query'
  | 'filter'
  | 'cases'
  | 'contract'
  | 'shape'
  | 'world'
  | 'scenario'
  | 'baseline'
  | 'rate-card'
  | 'mutants'
  | 'plan'
  | 'attack'
  | 'stacks'
  | 'field-evidence'
  | 'acts';

/** Where each kind stands in a repository of content: a folder with all below it, or one file. */
const PLACES: [string, ContentKind][] = [
  ['rules/', 'rule'],
  ['queries/', 'query'],
  ['filters/', 'filter'],
  ['acts/', 'acts'],
  ['datasets/cases/', 'cases'],
  ['datasets/worlds/', 'world'],
  ['datasets/benign/', 'scenario'],
  ['datasets/malicious/', 'scenario'],
  ['datasets/independent/worlds/', 'world'],
  ['datasets/independent/benign/', 'scenario'],
  ['datasets/independent/malicious/', 'scenario'],
  ['datasets/baselines/', 'baseline'],
  ['datasets/rate-card.yml', 'rate-card'],
  ['datasets/mutants.yml', 'mutants'],
  ['schemas/telemetry/', 'contract'],
  ['schemas/shapes/', 'shape'],
  ['measurement/plan.yml', 'plan'],
  ['measurement/field/', 'field-evidence'],
  ['coverage/attack.yml', 'attack'],
  ['coverage/stacks.yml', 'stacks'],
];

/** The kind of a file by its place in a repository; null where nothing is read at such a place. `path`: from the root, with `/`. */
export function kindAt(path: string): ContentKind | null {
  const found = PLACES.find(([place]) => (place.endsWith('/') ? path.startsWith(place) : path === place));
  return found?.[1] ?? null;
}

/** Keys that tell a kind from all others, the first that are there deciding: a rule may have `fields`, a query has a `detection`. */
const TELLING: [string[], ContentKind][] = [
  [['survivors'], 'mutants'],
  [['rule', 'cases'], 'cases'],
  [['logsource', 'detection'], 'rule'],
  [['measures'], 'query'],
  [['having'], 'query'],
  [['source', 'detection'], 'query'],
  [['detection'], 'rule'],
  [['correlation'], 'rule'],
  [['filter'], 'rule'],
  [['sends_per_day'], 'world'],
  [['flows'], 'world'],
  [['kind', 'traffic'], 'scenario'],
  [['signals'], 'scenario'],
  [['exposure'], 'scenario'],
  [['index', 'fields', 'lacks'], 'shape'],
  [['fields', 'roles'], 'contract'],
  [['fields', 'retention'], 'contract'],
  [['logsource', 'derived'], 'contract'],
  [['unlisted', 'prices'], 'rate-card'],
  [['units'], 'plan'],
  [['technique', 'elements'], 'attack'],
  [['stacks'], 'stacks'],
  [['site', 'detectors'], 'field-evidence'],
  [['platform', 'acts'], 'acts'],
];

/** What the folders of a repository hold, and what is known by its file's name, for files elsewhere whose keys tell nothing. */
const NAMES: Record<string, ContentKind> = {
  rules: 'rule',
  queries: 'query',
  filters: 'filter',
  acts: 'acts',
  cases: 'cases',
  worlds: 'world',
  benign: 'scenario',
  malicious: 'scenario',
  baselines: 'baseline',
  telemetry: 'contract',
  shapes: 'shape',
  'rate-card': 'rate-card',
  mutants: 'mutants',
};

/**
 * The kind of a file that stands in no repository: its top-level keys say it, and where these tell nothing, the nearest folder
 * with a name that a repository's has, or else its own name. What is left is a rule, which most files are.
 */
export function kindOf(file: string): ContentKind {
  const folders = file.split(/[\\/]/).slice(0, -1).reverse();
  const named = [...folders, contentName(file)].find((name) => Object.hasOwn(NAMES, name));
  const byName = named === undefined ? 'rule' : NAMES[named]!;
  const byKeys = kindByKeys(file) ?? byName;
  // These are Sigma as well, and only their folder says that they are there for something else.
  return byKeys === 'rule' && (byName === 'filter' || byName === 'baseline') ? byName : byKeys;
}

function kindByKeys(file: string): ContentKind | null {
  // Malformed YAML has keys, too.
  const keys = new Set(Array.from((readSource(file).text ?? '').matchAll(/^["']?([a-z_]+)["']?:/gm), ([, key]) => key));
  return TELLING.find(([telling]) => telling.every((key) => keys.has(key)))?.[1] ?? null;
}

/** The further forms of a field, which stand below its name in an index. */
export const FORMS = ['text', 'folded', 'as_ip', 'as_number'] as const;
export type FieldForm = (typeof FORMS)[number];

const LONGEST_NAME = 512;

/**
 * Whether a rule's field can have a place in an index: its parts between dots are not blank, it is none of Elasticsearch's
 * own fields (`_id`), nor ours, and no part is the name of a form. Signs that a query would take for a pattern are left out too.
 */
export function isMappable(name: string): boolean {
  const [root, ...below] = name.split('.');
  if (name.length > LONGEST_NAME || !/^[\p{L}\p{N}\p{Pd}\p{Pc}\p{Sc}@#%&()/:;+=~'! .]+$/u.test(name)) return false;
  if (isReserved(root!) || below.some((part) => (FORMS as readonly string[]).includes(part))) return false;
  return name.split('.').every((part) => part.trim() !== '');
}

/** Whether Elasticsearch would refuse a document with this key at its top, or take it for what we put beside a record. */
export function isReserved(key: string): boolean {
  return /^_[a-z_]+$/.test(key) || key === 'tollgate' || key.startsWith('tollgate.');
}

/** Every name that an object must have to hold one of these fields, which are not among them. */
export function holdersOf(names: ReadonlySet<string>): Set<string> {
  const holders = new Set<string>();
  for (const name of names) {
    for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      const holder = name.slice(0, dot);
      if (!names.has(holder)) holders.add(holder);
    }
  }
  return holders;
}

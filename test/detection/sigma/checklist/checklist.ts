import { ATTRIBUTES } from './attributes';
import { CONDITIONS } from './conditions';
import { CORRELATIONS } from './correlations';
import { DOCUMENTS, FILTERING } from './documents';
import type { Group } from './feature';
import { MODIFIERS } from './modifiers';
import { PLACEHOLDERS } from './placeholders';
import { VALUES } from './values';

/** The whole of Sigma 2.1, in the order of its specification. */
export const CHECKLIST: readonly Group[] = [
  ATTRIBUTES,
  VALUES,
  MODIFIERS,
  PLACEHOLDERS,
  CONDITIONS,
  CORRELATIONS,
  FILTERING,
  DOCUMENTS,
];

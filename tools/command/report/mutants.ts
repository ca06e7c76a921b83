import { mutantsAsJson } from './mutants-json';
import { mutantsAsMarkdown } from './mutants-markdown';
import { mutantsAsPretty } from './mutants-pretty';

/** How `tollgate mutate` can print what it found. */
export const MUTANT_FORMATS = { pretty: mutantsAsPretty, json: mutantsAsJson, markdown: mutantsAsMarkdown };

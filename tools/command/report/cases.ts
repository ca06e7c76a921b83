import { casesAsJson } from './cases-json';
import { casesAsJunit } from './cases-junit';
import { casesAsPretty } from './cases-pretty';

/** How `tollgate test` can print what it ran. */
export const CASE_FORMATS = { pretty: casesAsPretty, json: casesAsJson, junit: casesAsJunit };

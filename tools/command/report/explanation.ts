import { jsonOf } from '@tollgate/sigma/values/json';
import type { Explanation } from '../../evidence/explain/result';
import { prettyExplanation } from './explanation-pretty';

/** How `tollgate explain` can print what it found. `whole`: also the parts of a condition that decide nothing. JSON has them always. */
export const EXPLANATION_FORMATS = {
  pretty: prettyExplanation,
  json: (explanation: Explanation): string => `${jsonOf(explanation, 2)}\n`,
};

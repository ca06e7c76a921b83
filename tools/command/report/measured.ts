import type { HonestDay } from '../../evidence/measure/honest-days';
import type { Results } from '../../evidence/measure/results';
import type * as Page from './html/measurement';
import { measurementPage } from './measurement';

/** The formats of a measurement. `days`: the honest special days, with their reasons to be at high. */
export const MEASURED_FORMATS: Record<
  'markdown' | 'html',
  (results: Results, days: ReadonlyMap<string, HonestDay>) => string
> = {
  markdown: measurementPage,
  html: (results) => pages().measuredPage(results),
};

/** Loaded where a page is made: what draws its charts takes longer to load than all else. */
function pages(): typeof Page {
  return require('./html/measurement') as typeof Page;
}

import type { Target } from '../target';
import { condition } from './condition';
import { correlation } from './correlation';
import { line } from './line';
import { modifier } from './modifier';
import { yaml } from './yaml';

/** Every parser that reads what others wrote. A new one is a file here and a line below. */
export const TARGETS: readonly Target[] = [yaml, condition, modifier, correlation, line];

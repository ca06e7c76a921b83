import { elastic } from './elastic';
import { sigma } from './sigma';
import { sqlTarget } from './sql';
import { duckdb } from './sql/duckdb';
import { loadStatement } from './sql/duckdb-load';
import type { Target } from './target';

/** Every target by its name, which is also the name of its folder. */
export const TARGETS = { elastic, duckdb: sqlTarget(duckdb, loadStatement), sigma } satisfies Record<string, Target>;

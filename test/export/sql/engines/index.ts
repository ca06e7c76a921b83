import { join } from 'node:path';
import { clickhouse } from '../../../../tools/export/sql/dialects/clickhouse';
import { spark } from '../../../../tools/export/sql/dialects/spark';
import { trino } from '../../../../tools/export/sql/dialects/trino';
import { duckdb } from './duckdb';
import type { Subject } from './engine';
import { postgresql } from './postgresql';
import { processSubject } from './process';
import { sqlite } from './sqlite';

const python = process.env['TOLLGATE_PYTHON'] ?? 'python3';
const script = (name: string) => join(__dirname, name);
const classpath = process.env['TOLLGATE_TRINO_CLASSPATH'] ?? '';
/** Many small statements: what they run is not worth a second compiler or several threads that collect garbage. */
const lean = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xmx2g'];
const trinoArgs = [...lean, '--add-modules=jdk.incubator.vector', '-cp', classpath, script('trino/RunTrino.java')];

/** The dialects whose engines come as packages of Node, so that every test run has them. */
export const PACKAGED: readonly Subject[] = [duckdb, sqlite, postgresql];

/**
 * Those whose engines are asked for, and installed for that: `TOLLGATE_PYTHON` is a Python with `chdb` and `pyspark`, `TOLLGATE_JAVA` a Java of version 25, and
 * `TOLLGATE_TRINO_CLASSPATH` what Maven's `dependency:build-classpath` makes of `trino/pom.xml`.
 */
export const ON_DEMAND: readonly Subject[] = [
  processSubject(
    clickhouse,
    python,
    [script('run-clickhouse.py')],
    'CREATE TABLE incoming (record String) ENGINE = Memory',
  ),
  processSubject(spark, python, [script('run-spark.py')], 'CREATE TABLE incoming (record STRING)'),
  processSubject(trino, process.env['TOLLGATE_JAVA'] ?? 'java', trinoArgs, 'CREATE TABLE incoming (record varchar)'),
];

/** The subject of a target's name. Throws for a name that no engine here has, with those that there are. */
export function subjectOf(name: string): Subject {
  const all = [...PACKAGED, ...ON_DEMAND];
  const found = all.find(({ dialect }) => dialect.name === name);
  if (found) return found;
  throw new RangeError(
    `there is no engine for ${name}; there are ${all.map(({ dialect }) => dialect.name).join(', ')}`,
  );
}

/** What the tests try: the packaged engines, or the one that `TOLLGATE_ENGINE` names. */
export const TRIED: readonly Subject[] = process.env['TOLLGATE_ENGINE']
  ? [subjectOf(process.env['TOLLGATE_ENGINE'])]
  : PACKAGED;

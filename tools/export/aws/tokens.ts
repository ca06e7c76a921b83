/**
 * What stands in a statement for what only a run knows; the state machine puts it in. A constant of SQL can't hold one of those with quotation marks, since
 * every one in it is doubled.
 */
export const TOKENS = {
  /** The run, as the table of one row from which the others of its kind read. */
  run: "{'run'}",
  /** From which part of a source's files on records are looked at, in each way in which these are cut. */
  day: "{'from_day'}",
  hour: "{'from_hour'}",
  time: "{'from_time'}",
  /** The bucket of the installation. */
  bucket: "{'bucket'}",
} as const;

/** How long before the last run a file may have been begun that is delivered only now: Firehose gathers for a quarter of an hour at most, and AWS WAF and CloudTrail write within that. */
export const MARGIN_MS = 2 * 60 * 60_000;

/** JSONata: a statement with everything put in, of the variables `$since` and `$run`, in milliseconds. */
export function filled(statement: string): string {
  const from = `$max([0, $since - ${MARGIN_MS}])`;
  const part = (picture: string) => `"'" & $fromMillis(${from}, "${picture}") & "'"`;
  const row =
    '"(SELECT 0 AS number, BIGINT \'" & $string($since) & "\' AS since_ms, BIGINT \'" & $string($run) & "\' AS run_ms, CAST(NULL AS bigint) AS from_ms, CAST(NULL AS bigint) AS to_ms)"';
  const values: Record<keyof typeof TOKENS, string> = {
    run: row,
    day: part('[Y0001]/[M01]/[D01]'),
    hour: part('[Y0001]/[M01]/[D01]/[H01]'),
    time: part('[Y0001]-[M01]-[D01] [H01]:[m01]:[s01]'),
    bucket: '"${Bucket}"',
  };
  return Object.entries(TOKENS).reduce(
    (text, [name, token]) => `$replace(${text}, "${token}", ${values[name as keyof typeof TOKENS]})`,
    statement,
  );
}

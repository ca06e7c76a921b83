import { InvalidArgumentError, Option } from 'commander';
import type { GivenParameter, ParameterChange } from '../../detection/parameters/change';
import { Failure } from '../../foundation/content/failure';

/** The option of the commands that take other values for parameters of rules and queries. */
export function parameterOption(): Option {
  return new Option(
    '--param <rule.name=value>',
    'another value for a parameter of a rule or query, by the name of its file; repeatable',
  )
    .argParser(given)
    .default([], 'none');
}

/** What stands before the last `=` is the name. */
function given(text: string, before: GivenParameter[]): GivenParameter[] {
  const [, name, value] = /^(.+)=([^=]*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError('Write rule.name=value, such as otp_block_burst.numbers=30.');
  return [...before, { name, text: value }];
}

/** Throws a `Failure` (2) where a changed number stands in nothing that is run: the answer would be as without it. */
export function requireRun(changes: readonly ParameterChange[], run: readonly { id: string }[]): void {
  const ids = new Set(run.map(({ id }) => id));
  const idle = changes.find(({ of }) => !ids.has(of));
  if (idle)
    throw new Failure(
      2,
      `the parameter '${idle.parameter}' changes nothing that is run here`,
      'leave it out, or give the path of its rule or query as well',
    );
}

/**
 * An expected end of a command, with its exit code (1: findings, 2: wrong use, 3: the environment).
 * The command line prints its message and hint without a stack trace; any other error is a defect of ours.
 */
export class Failure extends Error {
  constructor(
    readonly exitCode: 1 | 2 | 3,
    message: string,
    readonly hint?: string,
  ) {
    super(message);
    this.name = 'Failure';
  }
}

/** What is asked of a stream to know whether a person looks at it. Nothing else in the tools asks a stream itself. */
export type MaybeTerminal = Partial<Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>>;

/** For a terminal that does not say how wide it is. */
const USUAL_COLUMNS = 80;

/** Whether what is written there comes to a terminal that understands escape sequences. */
export function isTerminal(stream: MaybeTerminal): boolean {
  return stream.isTTY === true && process.env['TERM'] !== 'dumb';
}

/** The width of the terminal that a stream is; `otherwise` where it is a file or a pipe. */
export function columnsOf(stream: MaybeTerminal, otherwise: number): number {
  return stream.isTTY === true ? stream.columns || USUAL_COLUMNS : otherwise;
}

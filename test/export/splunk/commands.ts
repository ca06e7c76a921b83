import { tokensOf, type Token } from './tokens';

/** A command of a search with its searches in brackets. */
export interface Command {
  name: string;
  tokens: Token[];
  searches: Command[][];
}

/** The commands of a search. What stands first without a pipe is `search`. Throws where brackets don't match. */
export function commandsOf(search: string): Command[] {
  const tokens = tokensOf(search);
  const [commands, end] = pipeline(tokens, 0);
  if (end !== tokens.length) throw new Error(`a bracket closes what nothing opened in ${search.slice(0, 200)}`);
  return commands;
}

function pipeline(tokens: readonly Token[], from: number): [Command[], number] {
  const commands: Command[] = [];
  let command: Command | undefined;
  let index = from;
  const isMark = (mark: string) => tokens[index]?.kind === 'mark' && tokens[index]?.text === mark;
  for (; index < tokens.length && !isMark(']'); index++) {
    if (isMark('|')) {
      command = undefined;
      continue;
    }
    if (isMark('[')) {
      const [inner, end] = pipeline(tokens, index + 1);
      if (tokens[end]?.text !== ']') throw new Error('a bracket is not closed');
      command!.searches.push(inner);
      index = end;
      continue;
    }
    const token = tokens[index]!;
    if (command) command.tokens.push(token);
    else {
      const isName = token.kind === 'word' && !(tokens[index + 1]?.text === '=');
      command = { name: isName ? token.text : 'search', tokens: isName ? [] : [token], searches: [] };
      commands.push(command);
    }
  }
  return [commands, index];
}

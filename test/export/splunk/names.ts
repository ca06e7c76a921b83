import { commandsOf, type Command } from './commands';
import type { Token } from './tokens';

/** Words of expressions that are no fields. */
const WORDS = new Set(['AND', 'OR', 'NOT', 'AS', 'BY', 'OUTPUT']);
/** What every record has. */
const OWN = ['_raw', '_time', '_indextime'];

/** Functions of eval that the export uses. */
const FUNCTIONS = new Set(
  (
    'if case coalesce isnull isnotnull null true nullif match cidrmatch lower substr len replace urldecode tonumber strftime now round floor ceiling min max ' +
    'mvappend mvdedup mvfilter mvindex mvmap json_array_to_mv json_extract_exact json_keys spath'
  ).split(' '),
);
const STATISTICS = new Set('min max sum avg dc values last'.split(' '));

/**
 * What is wrong with the names of a search, by a reader of our own: a field that is read and that no command before has made, a function or a command that the
 * export does not know. `lookups` are the columns of each lookup.
 */
export function wrongNames(search: string, lookups: Readonly<Record<string, readonly string[]>>): string[] {
  const wrong: string[] = [];
  const run = (commands: readonly Command[], before: ReadonlySet<string>): Set<string> => {
    let fields = new Set(before);
    const read = (name: string, by: string) => {
      if (!fields.has(name)) wrong.push(`${by} reads ${name}`);
    };
    const readAll = (tokens: readonly Token[], by: string) => {
      for (const name of fieldsIn(tokens, FUNCTIONS, wrong)) read(name, by);
    };
    for (const { name, tokens, searches } of commands) {
      const words = tokens.filter(({ kind }) => kind === 'word').map(({ text }) => text);
      switch (name) {
        case 'search':
          break;
        case 'multisearch':
        case 'append': {
          const inner = searches.map((one) => run(one, new Set(OWN)));
          const [first, ...others] = name === 'append' ? [fields, ...inner] : inner;
          fields = new Set([...first!].filter((field) => others.every((one) => one.has(field))));
          break;
        }
        case 'eval':
          for (const part of byCommas(tokens)) {
            readAll(part.slice(2), name);
            fields.add(part[0]!.text);
          }
          break;
        case 'where':
          readAll(tokens, name);
          break;
        case 'stats':
        case 'eventstats':
        case 'streamstats': {
          const by = words.includes('BY') ? words.slice(words.indexOf('BY') + 1) : [];
          for (const one of by) read(one, name);
          const made = terms(tokens, read, name, wrong);
          fields = new Set([...(name === 'stats' ? [] : fields), ...by, ...made]);
          break;
        }
        case 'lookup': {
          const [lookup = '', key = ''] = words;
          const outputs = words.slice(words.indexOf('OUTPUT') + 1);
          read(words[2] === 'AS' ? words[3]! : key, name);
          for (const column of [key, outputs[0]!])
            if (!lookups[lookup]?.includes(column)) wrong.push(`${lookup} has no ${column}`);
          fields.add(outputs.at(-1)!);
          break;
        }
        case 'inputlookup':
          for (const column of lookups[words.at(-1)!] ?? []) fields.add(column);
          break;
        case 'accum': {
          read(words[0]!, name);
          fields.add(words.at(-1)!);
          break;
        }
        case 'fields': {
          const isLess = tokens[0]!.text === '-';
          if (!isLess) for (const one of words) read(one, name);
          fields = isLess
            ? new Set([...fields].filter((one) => !words.includes(one)))
            : new Set([...words, '_raw', '_time']);
          break;
        }
        case 'table':
          for (const one of words) read(one, name);
          fields = new Set(words);
          break;
        case 'sort':
          for (const one of words.slice(1)) if (!['str', 'num'].includes(one)) read(one, name);
          break;
        case 'mvexpand':
        case 'filldown':
          for (const one of words) read(one, name);
          break;
        case 'fillnull':
          for (const one of words.filter((word) => !/^(value|\d+)$/.test(word))) read(one, name);
          break;
        case 'addinfo':
          fields.add('info_max_time');
          break;
        case 'reverse':
          break;
        default:
          wrong.push(`the command ${name} is not known`);
      }
    }
    return fields;
  };
  run(commandsOf(search), new Set(OWN));
  return wrong;
}

/** The fields that the terms of `stats` make; what they read is reported. */
function terms(
  tokens: readonly Token[],
  read: (name: string, by: string) => void,
  by: string,
  wrong: string[],
): string[] {
  const made: string[] = [];
  tokens.forEach(({ kind, text }, index) => {
    if (kind !== 'word' || tokens[index + 1]?.text !== '(') return;
    if (!STATISTICS.has(text)) wrong.push(`${by} has no function ${text}`);
    read(tokens[index + 2]!.text, by);
    made.push(tokens[index + 5]!.text);
  });
  return made;
}

/** The names in an expression that are fields. */
function fieldsIn(tokens: readonly Token[], functions: ReadonlySet<string>, wrong: string[]): string[] {
  return tokens.flatMap(({ kind, text }, index) => {
    if (kind === 'macro') return /\((\w+)\)$/.exec(text)?.[1] ?? [];
    if (kind !== 'word' || WORDS.has(text) || /^[\d.]/.test(text)) return [];
    if (tokens[index + 1]?.text !== '(') return [text];
    if (!functions.has(text)) wrong.push(`no function ${text} is known`);
    return [];
  });
}

/** The assignments of an `eval`. */
function byCommas(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'mark' && token.text === '(') depth++;
    if (token.kind === 'mark' && token.text === ')') depth--;
    if (depth === 0 && token.kind === 'mark' && token.text === ',') parts.push([]);
    else parts.at(-1)!.push(token);
  }
  return parts;
}

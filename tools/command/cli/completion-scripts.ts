/** What may follow a command. */
export interface Completed {
  /** The command's name, and those of its subcommands on the way. */
  path: string[];
  words: string[];
  options: { name: string; takesValue: boolean; choices: readonly string[] }[];
}

/** The script for each shell that completes commands, options and what these take; other words are files. */
export const SHELLS: Record<'bash' | 'zsh' | 'fish', (all: Completed[]) => string> = {
  bash: bashScript,
  zsh: (all) => `${ZSH_HEAD}${bashScript(all)}`,
  fish: fishScript,
};

/** zsh runs bash's completions as they are (zshcompsys, bashcompinit). Its own completion is started only where it is not yet: it takes time, and may ask about folders. */
const ZSH_HEAD = `(( \${+functions[compdef]} )) || { autoload -U compinit && compinit }
autoload -U +X bashcompinit && bashcompinit
`;

/** What stands in place of a command. */
const TOP_OPTIONS = ['--help', '--version'];

function topOf(all: Completed[]): string[] {
  return [...all.flatMap(({ path }) => (path.length === 1 ? path : [])), 'help'];
}

function bashScript(all: Completed[]): string {
  const values = all.flatMap(({ path, options }) =>
    options.flatMap(({ name, choices }) =>
      choices.length > 0 ? [`    '${path.join(' ')} ${name}') words='${choices.join(' ')}' ;;`] : [],
    ),
  );
  const follow = all.map(
    ({ path, words, options }) =>
      `    '${path.join(' ')}') words='${[...words, ...options.map(({ name }) => name), '--help'].join(' ')}' ;;`,
  );
  const nested = all.flatMap(({ path }) => (path.length > 1 ? [`'${path.join(' ')}'`] : []));
  return `# bash completion of tollgate: eval "$(tollgate completion bash)"
_tollgate() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} path=\${COMP_WORDS[1]} words=
  if ((COMP_CWORD == 1)); then path=; fi
  if ((COMP_CWORD > 2)); then
    case "$path \${COMP_WORDS[2]}" in
${nested.length > 0 ? `    ${nested.join('|')}) path="$path \${COMP_WORDS[2]}" ;;\n` : ''}    esac
  fi
  case "$path $previous" in
${values.join('\n')}
  esac
  if [[ -z $words ]]; then
    case "$path" in
    '') words='${[...topOf(all), ...TOP_OPTIONS].join(' ')}' ;;
    help) words='${topOf(all).join(' ')}' ;;
${follow.join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _tollgate tollgate
`;
}

function fishScript(all: Completed[]): string {
  const lines = ['# fish completion of tollgate: tollgate completion fish | source'];
  lines.push(`complete -c tollgate -f -n __fish_use_subcommand -a '${[...topOf(all), ...TOP_OPTIONS].join(' ')}'`);
  lines.push('complete -c tollgate -l help');
  for (const { path, words, options } of [...all, { path: ['help'], words: topOf(all), options: [] }]) {
    const seen = path.map((name) => `__fish_seen_subcommand_from ${name}`).join('; and ');
    // What takes one of some words takes no file.
    if (words.length > 0) lines.push(`complete -c tollgate -f -n '${seen}' -a '${words.join(' ')}'`);
    for (const { name, takesValue, choices } of options) {
      const value = choices.length > 0 ? ` -x -a '${choices.join(' ')}'` : takesValue ? ' -r' : '';
      lines.push(`complete -c tollgate -n '${seen}' -l ${name.replace(/^--/, '')}${value}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

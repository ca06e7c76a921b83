import { Argument, Command } from 'commander';
import type { CommandModule } from './command-module';
import { SHELLS, type Completed } from './completion-scripts';

/** Adds the command that prints a shell's completion; `all` are all commands by their names. */
export function completionOf(all: () => Iterable<[string, CommandModule]>): CommandModule {
  return {
    configure(command) {
      command
        .addArgument(new Argument('<shell>', 'whose completion').choices(Object.keys(SHELLS)))
        .action((shell: keyof typeof SHELLS) => {
          const found = Array.from(all(), ([name, module]) => {
            const one = new Command(name);
            module.configure(one);
            return one;
          });
          process.stdout.write(SHELLS[shell]([...found, command].flatMap((one) => completedBy(one, []))));
        });
    },
  };
}

/** What may follow a command, and each of its subcommands. */
function completedBy(command: Command, before: string[]): Completed[] {
  const path = [...before, command.name()];
  const options = command.options.map(({ long, short, argChoices, required, optional }) => ({
    name: long ?? short!,
    takesValue: required || optional,
    choices: argChoices ?? [],
  }));
  const choices = command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []);
  const words = [...command.commands.map((one) => one.name()), ...choices];
  return [{ path, words, options }, ...command.commands.flatMap((one) => completedBy(one, path))];
}

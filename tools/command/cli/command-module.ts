import type { Command } from 'commander';

/** What each command's file exports: it adds the command's arguments, options and action. */
export interface CommandModule {
  configure(command: Command): void;
}

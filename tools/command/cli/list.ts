import { Argument, Option, type Command } from 'commander';
import { loadContent } from '../check/load';
import { LIST_FORMATS, type Listing } from '../report/list';
import { layoutOrOwn } from './content';
import { LISTED } from './listed';
import { note } from '../../foundation/content/note';

export function configure(command: Command): void {
  command
    .addArgument(new Argument('[kinds...]', 'what to list; by default all').choices(Object.keys(LISTED)))
    .addOption(new Option('--format <format>', 'how to print it').choices(Object.keys(LIST_FORMATS)).default('pretty'))
    .action((kinds: (keyof typeof LISTED)[], { format }: { format: keyof typeof LIST_FORMATS }) => {
      const layout = layoutOrOwn([]);
      const loaded = loadContent(layout);
      const errors = Object.values(loaded.diagnostics).flat();
      if (errors.some(({ severity }) => severity === 'error'))
        note('what has errors is left out; tollgate validate shows them');
      const chosen = Object.entries(LISTED).filter(
        ([kind]) => kinds.length === 0 || (kinds as string[]).includes(kind),
      );
      const listing: Listing = Object.fromEntries(chosen.map(([kind, list]) => [kind, list(loaded, layout)]));
      process.stdout.write(LIST_FORMATS[format](listing));
    });
}

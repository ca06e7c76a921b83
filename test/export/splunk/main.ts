import { splunk } from '../../../tools/export/splunk';
import { splunkContent } from './content';
import { expandedSearches, parseErrors } from './parse';
import { APPINSPECT, CLASSPATH, inspect } from './tools';

/** `npm run inspect:splunk`: has the tools that are there look at the app, and says what they say. */
function main(): void {
  const { files } = splunk(splunkContent());
  let wrong = 0;
  if (APPINSPECT) {
    const { summary, messages } = inspect(APPINSPECT, files);
    wrong += (summary['error'] ?? 0) + (summary['failure'] ?? 0) + (summary['future_failure'] ?? 0);
    process.stdout.write(
      `splunk-appinspect: ${Object.entries(summary)
        .map(([what, count]) => `${count} ${what}`)
        .join(', ')}\n`,
    );
    for (const message of messages) process.stdout.write(`${message.slice(0, 400)}\n`);
  } else process.stdout.write('splunk-appinspect: skipped, TOLLGATE_APPINSPECT is not set\n');
  if (CLASSPATH) {
    const searches = expandedSearches(files);
    const errors = parseErrors(
      CLASSPATH,
      searches.map(({ search }) => search),
    );
    errors.forEach((error, index) => {
      if (error === '') return;
      wrong++;
      process.stdout.write(`${searches[index]!.name}: ${error}\n`);
    });
    process.stdout.write(
      `pth_03: ${searches.length} searches and macros, ${errors.filter((error) => error !== '').length} not taken\n`,
    );
  } else process.stdout.write('pth_03: skipped, TOLLGATE_SPL_CLASSPATH is not set\n');
  if (wrong > 0) process.exitCode = 1;
}

main();

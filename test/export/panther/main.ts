import { panther } from '../../../tools/export/panther';
import { helperText } from '../../../tools/export/panther/helper';
import { pantherRepository } from './content';
import { queriesOf } from './files';
import { caseQuestions, randomQuestions } from './questions';
import { differences, parseQueries, runTests, TOOL, type Question } from './tools';

/** How many random detections are tried. */
const RANDOM = 2000;

/** `npm run judge:panther`: has Panther's own tool, Python and sqlglot look at the export, and says what they say. */
function main(): void {
  if (TOOL === '') {
    process.stdout.write('skipped: TOLLGATE_PANTHER does not name a panther_analysis_tool\n');
    return;
  }
  const all = pantherRepository();
  const { files } = panther(all.content);
  const { passed, failed, output } = runTests(files);
  process.stdout.write(`panther_analysis_tool: ${passed} rules passed, ${failed} failed\n`);
  if (failed !== 0) process.stdout.write(output);
  const wrong = [
    ...told('detections on the cases of all rules and queries', caseQuestions(all)),
    ...told('random detections', randomQuestions(RANDOM)),
  ];
  const { status, output: parsed } = parseQueries(queriesOf(files));
  process.stdout.write(`sqlglot: ${parsed}\n`);
  if (failed !== 0 || wrong.length > 0 || status !== 0) process.exitCode = 1;
}

function told(what: string, questions: readonly Question[]): string[] {
  const wrong = differences(helperText(), questions);
  const asked = questions.reduce((sum, { events }) => sum + events.length, 0);
  process.stdout.write(`${questions.length} ${what}, ${asked} events: ${wrong.length} differ from memory\n`);
  for (const one of wrong.slice(0, 5)) process.stdout.write(`${one}\n`);
  return wrong;
}

main();

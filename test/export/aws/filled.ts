import jsonata from 'jsonata';
import { filled } from '../../../tools/export/aws/tokens';

/** A statement as the state machine fills it in, by its own expression. */
export async function fill(statement: string): Promise<string> {
  const expression = jsonata(filled('$text').replaceAll('${Bucket}', 'bucket'));
  return (await expression.evaluate(
    {},
    { text: statement, since: 1_785_000_000_000, run: 1_785_000_900_000 },
  )) as string;
}

import type { Worker } from 'node:worker_threads';
import { Failure } from '../../foundation/content/failure';
import { findYaml } from '../../foundation/content/find';
import { startThread } from '../../foundation/threads/start-thread';
import type { Placeholders } from '@tollgate/sigma/rules/transform';
import { areApart, compilePart, type CompiledFiles } from './part';
import { takeParts, workOf } from './parts';

/** With fewer files a second thread costs more than it saves. */
const WORTH_A_THREAD = 400;

/**
 * Compiles the rules of files and folders, as the lines that `compile` prints, in the order of the files. Of many files a second
 * thread compiles a part; where parts turn out to concern one another, by a filter, a correlation or a repeated name, all is
 * compiled again as one. Throws a `Failure` (2) where a path matches nothing, (3) where the thread ends.
 */
export async function compileFiles(
  paths: string[],
  placeholders: Placeholders,
  threadFrom = WORTH_A_THREAD,
): Promise<Omit<CompiledFiles, 'reach'>> {
  const files = findYaml(paths);
  if (files.length < threadFrom) return compilePart(files, placeholders);
  const work = workOf(files, placeholders);
  const thread = startThread(__dirname, 'worker', { workerData: work });
  const others = answerOf(thread);
  try {
    const own = takeParts(work);
    const all = [...own, ...(await others)].sort(([a], [b]) => a - b).map(([, part]) => part);
    if (!areApart(all.map(({ reach }) => reach))) return compilePart(files, placeholders);
    return {
      lines: all.map(({ lines }) => lines).join(''),
      rules: all.reduce((sum, { rules }) => sum + rules, 0),
      failed: all.some(({ failed }) => failed),
    };
  } finally {
    await thread.terminate();
  }
}

function answerOf(thread: Worker): Promise<ReturnType<typeof takeParts>> {
  const answer = new Promise<ReturnType<typeof takeParts>>((resolve, reject) => {
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', (code) => reject(new Failure(3, `a thread ended with code ${code}`)));
  });
  // It is awaited once this thread has done its parts; until then a rejection is not unhandled.
  answer.catch(() => undefined);
  return answer;
}

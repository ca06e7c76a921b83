import type { Ended } from '../ended';
import type { Trial } from '../trial';

/** A command that finds no room ends at once, in milliseconds: it may take this much longer than with room. */
const AT_ONCE = 60_000;

const SENTENCE = 2_000;

/** What is wrong with a command that found no room; `named` must stand in its sentence. */
export function judgeFull(ended: Ended, truth: Ended, named: string | RegExp): Trial['wrong'] {
  const wrong: Trial['wrong'] = [];
  const said = wrongSaid(ended, named);
  if (said !== null)
    wrong.push({ wrong: 'answer', seen: `${said} (exit code ${ended.code}): ${ended.stderr.slice(0, 400)}` });
  if (ended.code === null || ended.milliseconds > truth.milliseconds + AT_ONCE)
    wrong.push({ wrong: 'wait', seen: `${(ended.milliseconds / 1000).toFixed(1)} s` });
  return wrong;
}

function wrongSaid({ code, stderr }: Ended, named: string | RegExp): string | null {
  if (code !== 3) return 'it does not end with 3';
  const lines = stderr.split('\n').filter((line) => line !== '' && !/^(note|hint|warning|read): /.test(line));
  const [line] = lines;
  if (lines.length !== 1 || !line!.startsWith('error: ')) return 'no one sentence';
  if (/defect/.test(stderr) || stderr.length > SENTENCE) return 'no sentence for a reader';
  const isNamed = typeof named === 'string' ? line!.includes(named) : named.test(line!);
  if (!isNamed) return `it does not name ${String(named)}`;
  return /no space left on device/i.test(line!) ? null : 'it does not say that there is no space';
}

/** What is wrong with the command that was run again with room. */
export function judgeAgain(ended: Ended, truth: Ended, differences: string[]): Trial['wrong'] {
  const isRight = ended.code === truth.code && words(ended) === words(truth) && differences.length === 0;
  const seen = `with room again: exit code ${ended.code}, ${differences.join(', ')} ${ended.stdout.slice(0, 200)}${ended.stderr.slice(0, 200)}`;
  return isRight ? [] : [{ wrong: 'answer', seen }];
}

/** What it printed, without how many of its files were new this time. */
function words({ stdout }: Ended): string {
  return stdout.replace(/\d+/g, 'N');
}

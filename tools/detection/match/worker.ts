import { parentPort } from 'node:worker_threads';
import type { Reading } from '../reading/reading';
import { BlockMatcher } from './block-matcher';
import type { Job } from './job';

/** What a thread is asked: the job first, then one block after the other, and how they are read whenever that changes. */
export type ThreadRequest =
  { job: Job } | { reading: Reading } | { bytes: ArrayBuffer; offset: number; length: number };

let matcher: BlockMatcher | null = null;
let reading: Reading | null = null;

parentPort!.on('message', (request: ThreadRequest) => {
  if ('job' in request) matcher = new BlockMatcher(request.job);
  else if ('reading' in request) ({ reading } = request);
  else parentPort!.postMessage(matcher!.match(Buffer.from(request.bytes, request.offset, request.length), reading!));
});

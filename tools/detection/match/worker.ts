import { parentPort } from 'node:worker_threads';
import { BlockMatcher } from './block-matcher';
import type { Job } from './job';

/** What a thread is asked: the job first, then one block after the other. */
export type ThreadRequest = { job: Job } | { bytes: ArrayBuffer; offset: number; length: number };

let matcher: BlockMatcher | null = null;

parentPort!.on('message', (request: ThreadRequest) => {
  if ('job' in request) matcher = new BlockMatcher(request.job);
  else parentPort!.postMessage(matcher!.match(Buffer.from(request.bytes, request.offset, request.length)));
});

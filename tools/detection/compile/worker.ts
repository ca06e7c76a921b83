import { parentPort, workerData } from 'node:worker_threads';
import { takeParts, type Work } from './parts';

parentPort!.postMessage(takeParts(workerData as Work));

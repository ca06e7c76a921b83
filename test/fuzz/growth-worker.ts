import { parentPort } from 'node:worker_threads';
import { GROWTH } from './growth';
import { Steps } from './steps';

/** How many times as large the large input is. */
const TIMES = 10;

const steps = new Steps();

/** Answers with the ratio of the steps of two inputs, of which one is ten times as large. */
parentPort!.on('message', (name: string) => {
  const { size, of } = GROWTH.find((each) => each.name === name)!;
  of(1)();
  const [small, large] = [of(size), of(size * TIMES)].map((run) => steps.of(run));
  parentPort!.postMessage({ small, large });
});

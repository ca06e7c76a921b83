import { findNode } from '../../../tools/detection/elasticsearch/node/find';
import type { RunningNode } from '../../../tools/detection/elasticsearch/node/manage';
import { Failure } from '../../../tools/foundation/content/failure';
import type { Progress } from '../../../tools/detection/engine/execution';

export const silent: Progress = { update: () => undefined };

let found: Promise<RunningNode> | undefined;

/**
 * For a `describe` whose tests need a real Elasticsearch: gives the node that the commands would use (the suites share
 * one, and it keeps running as it does after a command). Where none can be had the suite is reported as skipped; with
 * CI=true it fails.
 */
export function realNode(): () => RunningNode {
  let node: RunningNode | undefined;
  before(async function () {
    try {
      node = await (found ??= findNode({ env: process.env, progress: silent }));
    } catch (error) {
      if (process.env['CI'] === 'true' || !(error instanceof Failure)) throw error;
      this.skip();
    }
  });
  return () => node!;
}

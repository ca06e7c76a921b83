import { deleteDeadIndices } from '../dead-indices';
import { accessFrom, askVersion, type Access } from './access';
import { startNode, type NodeOptions, type RunningNode } from './manage';
import { tellOf } from './present';

/**
 * A node for this run, by the first way that is there: the address given with `url` or
 * ELASTICSEARCH_URL; this user's own node, which is started with Docker, or with Java and Maven, where it does not run
 * yet. What killed commands left in it is deleted. Throws a Failure (3) that
 * says what to do where there is none.
 */
export async function findNode(options: NodeOptions & { url?: string | undefined }): Promise<RunningNode> {
  const url = options.url ?? (options.env['ELASTICSEARCH_URL'] || undefined);
  const node = url === undefined ? await startNode(options) : await nodeAt(accessFrom(url, options.env));
  await deleteDeadIndices(node, options.env, tellOf(options));
  return node;
}

async function nodeAt(access: Access): Promise<RunningNode> {
  return { access, version: await askVersion(access, 60_000), way: 'url' };
}

import { accessFrom, askVersion } from './access';
import { startNode, type NodeOptions, type RunningNode } from './manage';

/**
 * A node for this run, by the first way that is there: the address given with `url` or
 * ELASTICSEARCH_URL; this user's own node, which is started with Docker, or with Java and Maven, where it does not run
 * yet. Throws a Failure (3) that says what to do where there is none.
 */
export async function findNode(options: NodeOptions & { url?: string | undefined }): Promise<RunningNode> {
  const url = options.url ?? (options.env['ELASTICSEARCH_URL'] || undefined);
  if (url === undefined) return startNode(options);
  const access = accessFrom(url, options.env);
  return { access, version: await askVersion(access, 60_000), way: 'url' };
}

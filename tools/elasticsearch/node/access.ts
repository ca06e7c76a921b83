import { Failure } from '../../content/failure';

/** How to talk to a node. */
export interface Access {
  /** Without a path, such as `http://127.0.0.1:9200`. */
  url: string;
  auth: { apiKey: string } | { username: string; password: string } | undefined;
}

/**
 * The access that a user's URL and environment give: ELASTICSEARCH_API_KEY, or ELASTICSEARCH_USERNAME and
 * ELASTICSEARCH_PASSWORD, or what stands in the URL. Throws a Failure (2) for what is not an http(s) URL.
 */
export function accessFrom(url: string, env: NodeJS.ProcessEnv): Access {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new Failure(2, `not an address of Elasticsearch: ${url}`, 'give one such as https://localhost:9200');
  }
  const parsed = new URL(url);
  const apiKey = env['ELASTICSEARCH_API_KEY'];
  const username = env['ELASTICSEARCH_USERNAME'] ?? decodeURIComponent(parsed.username);
  const password = env['ELASTICSEARCH_PASSWORD'] ?? decodeURIComponent(parsed.password);
  parsed.username = '';
  parsed.password = '';
  return {
    url: parsed.href.replace(/\/$/, ''),
    auth: apiKey ? { apiKey } : username !== '' ? { username, password } : undefined,
  };
}

/** Whether an address is this machine's own, which nobody else can reach. */
export function isLoopback(url: string): boolean {
  const host = new URL(url).hostname;
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/**
 * The version of the node that answers. (`GET /` would say it too, but a distribution without the module that answers
 * there says 405.) Throws a Failure (3) where none answers within the time, or where it lets us not in.
 */
export async function askVersion(access: Access, timeoutMs: number): Promise<string> {
  let response: Response;
  try {
    response = await fetch(`${access.url}/_nodes/_local?filter_path=nodes.*.version`, {
      headers: access.auth === undefined ? {} : { authorization: authorization(access.auth) },
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : (error as Error);
    throw new Failure(3, `no Elasticsearch answers at ${access.url}: ${cause.message}`, 'check the address');
  }
  if (response.status === 401 || response.status === 403) {
    throw new Failure(
      3,
      `Elasticsearch at ${access.url} refuses us (${response.status})`,
      'set ELASTICSEARCH_API_KEY, or ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD',
    );
  }
  const body = (await response.json().catch(() => undefined)) as
    { nodes?: Record<string, { version?: string }> } | undefined;
  const version = Object.values(body?.nodes ?? {})[0]?.version;
  if (version === undefined) {
    throw new Failure(
      3,
      `what answers at ${access.url} is not an Elasticsearch (${response.status})`,
      'check the address',
    );
  }
  return version;
}

function authorization(auth: NonNullable<Access['auth']>): string {
  if ('apiKey' in auth) return `ApiKey ${auth.apiKey}`;
  return `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}`;
}

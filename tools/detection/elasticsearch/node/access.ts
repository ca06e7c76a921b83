import { Failure } from '../../../foundation/content/failure';

/** How to talk to a node. */
export interface Access {
  /** Without a path, such as `http://127.0.0.1:9200`. */
  url: string;
  auth: { apiKey: string } | { username: string; password: string } | undefined;
}

/**
 * The access that a user's URL and environment give: ELASTICSEARCH_API_KEY, or ELASTICSEARCH_USERNAME and
 * ELASTICSEARCH_PASSWORD, or what stands in the URL. Throws a Failure (2) for what is not an http(s) URL, or has a query, or where a
 * secret cannot be sent. No message holds what may be a secret.
 */
export function accessFrom(url: string, env: NodeJS.ProcessEnv): Access {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    throw new Failure(
      2,
      `not an address of Elasticsearch: ${printable(url)}`,
      'give one such as https://localhost:9200, and name and password in ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD',
    );
  }
  if (parsed.search !== '' || parsed.hash !== '') {
    const found = parsed.search !== '' ? 'a query (?…)' : 'a fragment (#…)';
    throw new Failure(
      2,
      `the address of Elasticsearch, ${parsed.origin}, has ${found}`,
      'give an API key in ELASTICSEARCH_API_KEY; in a password write # as %23 and ? as %3F',
    );
  }
  if (parsed.pathname.includes('@')) {
    throw new Failure(2, 'the address of Elasticsearch has an @ after a /', 'in a password write / as %2F');
  }
  const apiKey = env['ELASTICSEARCH_API_KEY'];
  if (apiKey !== undefined && !/^[!-~]*$/.test(apiKey)) {
    throw new Failure(
      2,
      'ELASTICSEARCH_API_KEY holds a blank, a line end or another character that no API key has',
      'give the key in its encoded form, without a line end',
    );
  }
  const username = env['ELASTICSEARCH_USERNAME'] ?? decoded(parsed.username);
  const password = env['ELASTICSEARCH_PASSWORD'] ?? decoded(parsed.password);
  parsed.username = '';
  parsed.password = '';
  return {
    url: parsed.href.replace(/\/$/, ''),
    auth: apiKey ? { apiKey } : username !== '' ? { username, password } : undefined,
  };
}

/** What somebody gave as an address, as far as it cannot hold a password or a key. */
function printable(address: string): string {
  return /^([a-z]+:\/\/)?[\w.-]+(:\d+)?\/?$/i.test(address) ? address : 'it is not printed, since it may hold a secret';
}

/** A part of a URL; a per cent sign that begins no escape stands for itself there. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** An address as messages have it: a path may hold a key. */
export function originOf(access: Access): string {
  return new URL(access.url).origin;
}

/** Whether an address is this machine's own, which nobody else can reach. */
export function isLoopback(url: string): boolean {
  const host = new URL(url).hostname;
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/**
 * The version of the node that answers. A user with few rights can ask for it at `/`, which the Maven distribution
 * answers with 405; there `_nodes` says it. Throws a Failure (3) where none answers within the time, or where it refuses us.
 */
export async function askVersion(access: Access, timeoutMs: number): Promise<string> {
  const limit = AbortSignal.timeout(timeoutMs);
  const root = await get(access, '/', limit);
  const version = (root.body as { version?: { number?: string } } | undefined)?.version?.number;
  if (version !== undefined) return version;
  const nodes = await get(access, '/_nodes/_local?filter_path=nodes.*.version', limit);
  const found = (nodes.body as { nodes?: Record<string, { version?: string }> } | undefined)?.nodes ?? {};
  const local = Object.values(found)[0]?.version;
  if (local !== undefined) return local;
  if ([root, nodes].some(({ status }) => status === 401 || status === 403)) {
    throw new Failure(
      3,
      `Elasticsearch at ${originOf(access)} refuses us (${root.status})`,
      'set ELASTICSEARCH_API_KEY, or ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD',
    );
  }
  throw new Failure(
    3,
    `what answers at ${originOf(access)} is not an Elasticsearch (${root.status})`,
    'check the address',
  );
}

/** The headers that a request needs. */
export function headersFor({ auth }: Access): { authorization?: string } {
  if (auth === undefined) return {};
  if ('apiKey' in auth) return { authorization: `ApiKey ${auth.apiKey}` };
  return { authorization: `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}` };
}

/** The body is undefined where it is not JSON. */
async function get(access: Access, path: string, limit: AbortSignal): Promise<{ status: number; body: unknown }> {
  try {
    const response = await fetch(access.url + path, {
      headers: headersFor(access) as Record<string, string>,
      signal: limit,
    });
    return { status: response.status, body: jsonIn(await beginningOf(response)) };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : (error as Error);
    throw new Failure(3, `no Elasticsearch answers at ${originOf(access)}: ${cause.message}`, 'check the address');
  }
}

/** Answers to questions about the version are far smaller, in bytes. */
const MOST = 1 << 20;

/** Undefined where there is more than that: who answers is something else. */
async function beginningOf(response: Response): Promise<string | undefined> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of response.body ?? []) {
    length += piece.length;
    if (length > MOST) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString();
}

function jsonIn(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What of S3 a reader needs, on this machine: it lists a bucket's objects and gives ranges of them. Nobody is refused. */
export class Bucket {
  /** Paths of the objects that were read. */
  readonly read = new Set<string>();

  private constructor(
    private readonly server: Server,
    readonly endpoint: string,
  ) {}

  static async open(name: string, objects: ReadonlyMap<string, Buffer>): Promise<Bucket> {
    const server = createServer((request, response) => answer(name, objects, bucket.read, request, response));
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const bucket = new Bucket(server, `127.0.0.1:${(server.address() as AddressInfo).port}`);
    return bucket;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

function answer(
  name: string,
  objects: ReadonlyMap<string, Buffer>,
  read: Set<string>,
  { url = '', method, headers }: IncomingMessage,
  response: ServerResponse,
): void {
  const { pathname, searchParams } = new URL(url, 'http://bucket');
  const key = decodeURIComponent(pathname).slice(`/${name}/`.length);
  if (searchParams.has('list-type')) {
    const prefix = searchParams.get('prefix') ?? '';
    response.setHeader('content-type', 'application/xml');
    response.end(listing(name, objects, prefix));
    return;
  }
  const object = objects.get(key);
  if (!object) {
    response.writeHead(404).end();
    return;
  }
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? [];
  const part = from === undefined ? object : object.subarray(Number(from), to === '' ? undefined : Number(to) + 1);
  response.writeHead(from === undefined ? 200 : 206, {
    'content-length': part.length,
    'accept-ranges': 'bytes',
    'last-modified': new Date(0).toUTCString(),
    etag: '"1"',
    ...(from !== undefined && {
      'content-range': `bytes ${from}-${Number(from) + part.length - 1}/${object.length}`,
    }),
  });
  if (method === 'GET') read.add(key);
  response.end(method === 'HEAD' ? undefined : part);
}

function listing(name: string, objects: ReadonlyMap<string, Buffer>, prefix: string): string {
  const contents = [...objects]
    .filter(([key]) => key.startsWith(prefix))
    .map(
      ([key, { length }]) =>
        `<Contents><Key>${key}</Key><LastModified>1970-01-01T00:00:00.000Z</LastModified><ETag>"1"</ETag><Size>${length}</Size></Contents>`,
    );
  return `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult><Name>${name}</Name><Prefix>${prefix}</Prefix><IsTruncated>false</IsTruncated>${contents.join('')}</ListBucketResult>`;
}

import { createServer, request as ask, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Lets the request that was waited for go on to the node. */
export type Release = () => void;

/**
 * Stands between the commands and their node, says when a command asks for something, and can hold that request back: so a command is
 * surely in the middle of what it asks. Changes nothing. Where the node is gone it is gone too.
 */
export class Watcher {
  private waiting: { pattern: RegExp; seen: (release: Release) => void }[] = [];

  private constructor(
    readonly url: string,
    private readonly server: Server,
    private readonly behind: string,
  ) {}

  static async start(behind: string): Promise<Watcher> {
    let watcher: Watcher | undefined = undefined;
    const server = createServer((request, response) => watcher!.take(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return (watcher = new Watcher(`http://127.0.0.1:${port}`, server, behind));
  }

  /** Resolves when the next request comes whose method and path, as in `GET /`, are of this form; it is held until it is released. */
  next(pattern: RegExp): Promise<Release> {
    return new Promise((resolve) => this.waiting.push({ pattern, seen: resolve }));
  }

  /** Waits for nothing any more. */
  forget(): void {
    this.waiting = [];
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private take(request: IncomingMessage, response: ServerResponse): void {
    const asked = `${request.method} ${request.url}`;
    const one = this.waiting.find(({ pattern }) => pattern.test(asked));
    if (one === undefined) return this.forward(request, response);
    this.waiting = this.waiting.filter((other) => other !== one);
    one.seen(() => this.forward(request, response));
  }

  private forward(request: IncomingMessage, response: ServerResponse): void {
    // Who asked has been killed while it was held.
    if (request.socket.destroyed) return;
    const { method, headers, url } = request;
    const forward = ask(this.behind + url, { method, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    });
    forward.on('error', (error: NodeJS.ErrnoException) => {
      response.destroy();
      if (error.code === 'ECONNREFUSED') this.stop();
    });
    // A request of which only a part has come is none.
    request.on('close', () => request.complete || forward.destroy());
    request.pipe(forward);
  }
}

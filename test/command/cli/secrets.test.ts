import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../../tools/foundation/content/failure';
import { findNode } from '../../../tools/detection/elasticsearch/node/find';
import { silent } from '../../detection/elasticsearch/node';

const ROOT = join(__dirname, '../../..');
const SECRET = 'canary7b3f';

const FOLDER = mkdtempSync(join(tmpdir(), 'tollgate-secrets-'));
const EVENTS = join(FOLDER, 'events.ndjson');

/** Each command that talks to an Elasticsearch, as far as it needs one. */
const COMMANDS: string[][] = [
  ['hunt', join(ROOT, 'queries', 'twilio', 'twilio_dense_block.yml')],
  ['test', '--engine', 'elasticsearch', join(ROOT, 'rules', 'twilio', 'twilio_verify_expired_block.yml')],
  [
    'replay',
    '--world',
    'regional-shop',
    '--days',
    '1',
    join(ROOT, 'rules', 'twilio', 'twilio_verify_expired_block.yml'),
  ],
  ['compile', '--rules', join(ROOT, 'rules', 'twilio'), '--run', EVENTS],
];

/** Runs the command as a process, while this one can serve. */
function ended(args: string[], env: NodeJS.ProcessEnv): Promise<{ code: number; stdout: string; stderr: string }> {
  const command = [join(ROOT, 'bin', 'tollgate.js'), ...args];
  const options = { cwd: ROOT, env: { ...process.env, ...env, NO_COLOR: '1' } };
  return new Promise((resolve) =>
    execFile(process.execPath, command, options, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    ),
  );
}

describe('a secret in an address or in the environment', function () {
  /** Refuses whoever comes, and says in its answer what it was sent, as a careless proxy does. */
  let server: Server;
  let port = 0;
  before((done) => {
    writeFileSync(EVENTS, '{"k": 1}\n');
    server = createServer((request, response) => {
      response.writeHead(401, { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' });
      response.end(JSON.stringify({ error: { type: 'security_exception', reason: 'missing authentication' } }));
      request.resume();
    }).listen(0, '127.0.0.1', () => {
      port = (server.address() as AddressInfo).port;
      done();
    });
  });
  after(() => {
    server.close();
    rmSync(FOLDER, { recursive: true });
  });

  /** Runs a command and expects that it ends with 2 or 3 and prints no secret, as it is or encoded. */
  async function expectSilence(args: string[], env: NodeJS.ProcessEnv): Promise<void> {
    const { code, stdout, stderr } = await ended(args, env);
    const printed = stdout + stderr;
    for (const form of [SECRET, Buffer.from(`user:${SECRET}`).toString('base64'), SECRET.slice(0, 7)])
      expect(printed, JSON.stringify([args, env])).not.to.include(form);
    expect(code, printed).to.be.oneOf([2, 3]);
    expect(printed).not.to.include('defect');
  }

  it('is never printed, however the address is malformed', async () => {
    const addresses = [
      `http://user:${SECRET}@127.0.0.1:${port}`,
      `http://user:${SECRET}@127.0.0.1:1`,
      `http://user:${SECRET}#x@127.0.0.1:${port}`,
      `http://user:#${SECRET}@127.0.0.1:${port}`,
      `http://user:/${SECRET}@127.0.0.1:${port}`,
      `http://user:?${SECRET}@127.0.0.1:${port}`,
      `http://user:%${SECRET}@127.0.0.1:${port}`,
      `http://user:%zz${SECRET}@127.0.0.1:${port}`,
      `user:${SECRET}@127.0.0.1:${port}`,
      `http://user:${SECRET}@127.0.0.1:99999`,
      `http://user:${SECRET}@127.0.0.1:port`,
      `http://user:${SECRET}@`,
      `ftp://user:${SECRET}@127.0.0.1:${port}`,
      `http://127.0.0.1:${port}/?apikey=${SECRET}`,
      `http://127.0.0.1:${port}/#${SECRET}`,
      `http://user:${SECRET}@host with blanks`,
      `http://user:${SECRET}\n@127.0.0.1:${port}`,
    ];
    for (const url of addresses) {
      const error: unknown = await findNode({ env: { ELASTICSEARCH_URL: url }, progress: silent }).catch((why) => why);
      expect(error, url).to.be.instanceOf(Failure);
      const { message, hint = '' } = error as Failure;
      expect(message + hint, url).not.to.include(SECRET);
    }
  });

  it('is never printed, by none of the commands', async () => {
    for (const command of COMMANDS) {
      for (const env of [
        { ELASTICSEARCH_URL: `http://user:${SECRET}@127.0.0.1:${port}` },
        { ELASTICSEARCH_URL: `http://127.0.0.1:${port}`, ELASTICSEARCH_API_KEY: `${SECRET}\n` },
      ])
        await expectSilence(command, env);
    }
  });
});

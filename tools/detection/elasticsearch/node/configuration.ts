import { pbkdf2Sync, randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, copyFileSync, lchownSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { leaving } from '../../../foundation/leftovers/registry';
import { NODE_DRAFT, type Folders, type RunAs } from './folders';

/** The user that the commands are, in the node's own user file. */
export const USERNAME = 'tollgate';

/** A password for one run: 256 random bits. */
export function newPassword(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * A stored form of a password that Elasticsearch's file realm reads: `{PBKDF2}iterations$salt$hash`, SHA-512 with a
 * 256-bit key, which is its setting `xpack.security.authc.password_hashing.algorithm: pbkdf2`. So the password itself
 * is on no command line, in no environment and in no file that the node can read.
 */
export function passwordHash(password: string, salt = randomBytes(32)): string {
  const iterations = 10_000;
  const hash = pbkdf2Sync(password, salt, iterations, 32, 'sha512');
  return `{PBKDF2}${iterations}$${salt.toString('base64')}$${hash.toString('base64')}`;
}

/**
 * Makes the folder of a node, which must not be there, with its configuration: on loopback only, ports that the system picks,
 * security on, 1 GiB of heap. What is in it belongs to `as`. It is made in a folder that the caller alone can enter, under another
 * name, and opened when all is there: until then nobody can put a link in the place of a file that is written or given away.
 */
export function writeConfiguration(
  folders: Folders,
  distribution: string,
  password: string,
  as: RunAs | undefined,
): void {
  const draft = join(folders.root, `${NODE_DRAFT}${randomUUID()}`);
  const gone = leaving({ kind: 'path', path: draft }, { inJournal: false });
  mkdirSync(draft, { mode: 0o700 });
  const made: string[] = [];
  const folder = (name: string): void => mkdirSync(entry(name), { mode: 0o700 });
  const file = (name: string, text: string): void => writeFileSync(entry(name), text, { mode: 0o600, flag: 'wx' });
  function entry(name: string): string {
    made.push(join(draft, name));
    return join(draft, name);
  }
  ['config', 'config/jvm.options.d', 'data', 'logs', 'tmp'].forEach(folder);
  for (const name of ['jvm.options', 'log4j2.properties', 'roles.yml', 'role_mapping.yml']) {
    copyFileSync(join(distribution, 'config', name), entry(join('config', name)));
  }
  file('config/elasticsearch.yml', settings(folders));
  file('config/jvm.options.d/tollgate.options', '-Xms1g\n-Xmx1g\n');
  file('config/users', `${USERNAME}:${passwordHash(password)}\n`);
  file('config/users_roles', `superuser:${USERNAME}\n`);
  if (as !== undefined) for (const path of made) lchownSync(path, as.uid, as.gid);
  renameSync(draft, folders.node);
  gone();
  if (as !== undefined) chmodSync(folders.node, 0o711);
}

function settings(folders: Folders): string {
  const lines: Record<string, string | number | boolean> = {
    'cluster.name': 'tollgate',
    'node.name': 'tollgate',
    'discovery.type': 'single-node',
    'network.host': '127.0.0.1',
    'http.port': 0,
    'transport.port': 0,
    // Writes the port that the system picked to logs/http.ports.
    'node.portsfile': true,
    'path.data': join(folders.node, 'data'),
    'path.logs': join(folders.node, 'logs'),
    'xpack.security.enabled': true,
    'xpack.security.autoconfiguration.enabled': false,
    'xpack.security.http.ssl.enabled': false,
    'xpack.security.transport.ssl.enabled': false,
    // The defaults are shares of the disk: a large disk that is 90 % full would refuse a small index.
    'cluster.routing.allocation.disk.watermark.low': '1gb',
    'cluster.routing.allocation.disk.watermark.high': '500mb',
    'cluster.routing.allocation.disk.watermark.flood_stage': '250mb',
  };
  return Object.entries(lines)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`)
    .join('');
}

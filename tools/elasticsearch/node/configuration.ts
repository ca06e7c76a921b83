import { pbkdf2Sync, randomBytes } from 'node:crypto';
import { chownSync, copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Folders, RunAs } from './folders';

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
 * Makes the folders of a node anew, with its configuration: on loopback only, ports that the system picks, security
 * on, 1 GiB of heap. They belong to `as`, who alone may enter them.
 */
export function writeConfiguration(
  folders: Folders,
  distribution: string,
  password: string,
  as: RunAs | undefined,
): void {
  rmSync(folders.node, { recursive: true, force: true });
  const config = join(folders.node, 'config');
  for (const name of ['', 'config', 'config/jvm.options.d', 'data', 'logs', 'tmp']) {
    mkdirSync(join(folders.node, name), { mode: 0o700 });
  }
  for (const name of ['jvm.options', 'log4j2.properties', 'roles.yml', 'role_mapping.yml']) {
    copyFileSync(join(distribution, 'config', name), join(config, name));
  }
  writeFileSync(join(config, 'elasticsearch.yml'), settings(folders));
  writeFileSync(join(config, 'jvm.options.d/tollgate.options'), '-Xms1g\n-Xmx1g\n');
  writeFileSync(join(config, 'users'), `${USERNAME}:${passwordHash(password)}\n`, { mode: 0o600 });
  writeFileSync(join(config, 'users_roles'), `superuser:${USERNAME}\n`, { mode: 0o600 });
  if (as !== undefined) give(folders.node, as);
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

function give(path: string, to: RunAs): void {
  chownSync(path, to.uid, to.gid);
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) give(inner, to);
    else chownSync(inner, to.uid, to.gid);
  }
}

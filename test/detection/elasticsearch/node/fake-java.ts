import { chmodSync, copyFileSync, linkSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ELASTICSEARCH_VERSION, type Pins } from '../../../../tools/detection/elasticsearch/node/distribution';
import { digestOfTree } from '../../../../tools/detection/elasticsearch/node/tree-digest';
import { program } from './temporary';

/** Launches itself as a node, waits until that listens, and ends, as Elasticsearch's launcher does with `-d`. */
const NODE = `
const { spawn } = require('node:child_process');
const { existsSync, writeFileSync } = require('node:fs');
const { createServer } = require('node:http');
const logs = process.env.ES_PATH_CONF.replace(/config$/, 'logs');
if (process.argv[2] === 'node') {
  const server = createServer((request, response) => response.end('{"version":{"number":"${ELASTICSEARCH_VERSION}"}}'));
  server.listen(0, '127.0.0.1', () => writeFileSync(logs + '/http.ports', '127.0.0.1:' + server.address().port + '\\n'));
} else {
  spawn(process.execPath, [__filename, 'node'], { detached: false, stdio: 'ignore' }).unref();
  setInterval(() => existsSync(logs + '/http.ports') && process.exit(0), 20);
}
`;

export interface FakeJava {
  /** Of a command that finds this Java and this distribution. */
  env: NodeJS.ProcessEnv;
  pins: Pins;
  /** Where the distribution lies. */
  distribution: string;
}

/** A distribution of Elasticsearch in a folder's cache, whose node is a small script, and a Java that is Node under that name. */
export function fakeJava(folder: string): FakeJava {
  const java = join(folder, 'java');
  mkdirSync(join(java, 'bin'), { recursive: true });
  try {
    linkSync(process.execPath, join(java, 'bin/java'));
  } catch {
    copyFileSync(process.execPath, join(java, 'bin/java'));
    chmodSync(join(java, 'bin/java'), 0o755);
  }
  writeFileSync(join(java, 'release'), 'JAVA_VERSION="25"\n');
  const distribution = join(folder, 'cache', `elasticsearch-${ELASTICSEARCH_VERSION}`);
  writeDistribution(distribution);
  return {
    env: {
      PATH: `${folder}:/usr/bin:/bin`,
      TOLLGATE_CACHE: join(folder, 'cache'),
      TOLLGATE_NODE: 'java',
      ES_JAVA_HOME: java,
    },
    pins: { archive: '', tree: digestOfTree(distribution)! },
    distribution,
  };
}

export function writeDistribution(distribution: string): void {
  mkdirSync(join(distribution, 'bin'), { recursive: true });
  mkdirSync(join(distribution, 'config'));
  program(join(distribution, 'bin/elasticsearch'), 'exec "$ES_JAVA_HOME/bin/java" "${0%/bin/*}/bin/node.js" "$@"');
  writeFileSync(join(distribution, 'bin/node.js'), NODE, { mode: 0o755 });
  for (const name of ['jvm.options', 'log4j2.properties', 'roles.yml', 'role_mapping.yml']) {
    writeFileSync(join(distribution, 'config', name), '');
  }
}

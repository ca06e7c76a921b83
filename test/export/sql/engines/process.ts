import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Dialect } from '../../../../tools/export/sql/dialect';
import { statements } from './statements';
import type { Cell, Engine, Subject } from './engine';

/** How many records one statement brings. */
const BATCH = 200;

interface Reply {
  rows?: Record<string, Cell>[];
  error?: string;
}

/** An engine in a process of its own, which reads a statement from each line, as a JSON text, and answers with one line: `{"rows": …}` or `{"error": …}`. */
export function processSubject(dialect: Dialect, command: string, args: readonly string[], incoming: string): Subject {
  return { dialect, open: () => open(dialect, command, args, incoming) };
}

async function open(dialect: Dialect, command: string, args: readonly string[], incoming: string): Promise<Engine> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(child, 'spawn');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (statement: string): Promise<Record<string, Cell>[]> => {
    child.stdin.write(`${JSON.stringify(statement)}\n`);
    const { value, done } = (await lines.next()) as { value: string; done?: boolean };
    if (done) throw new Error(`${command} has ended`);
    const { rows, error } = JSON.parse(value) as Reply;
    if (rows === undefined) throw new Error(`${error}\n${statement}`);
    return rows;
  };
  const hasEscapes = dialect.text('\\') !== "'\\'";
  await ask(incoming);
  return {
    pid: child.pid!,
    async run(script) {
      for (const statement of statements(script, hasEscapes)) await ask(statement);
    },
    rows: ask,
    async receive(records) {
      await ask(dialect.clear('incoming').trim().replace(/;$/, ''));
      for (let at = 0; at < records.length; at += BATCH) {
        const rows = records.slice(at, at + BATCH).map((record) => `(${dialect.text(record)})`);
        await ask(`INSERT INTO incoming VALUES ${rows.join(', ')}`);
      }
    },
    async close() {
      child.stdin.end();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

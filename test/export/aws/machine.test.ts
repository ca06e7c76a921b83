import { expect } from 'chai';
import { listMachine, runMachine } from '../../../tools/export/aws/machine';
import { execute, type Service } from './states';

const HOUR = 3_600_000;
const NOW = 1_785_000_000_000 - (1_785_000_000_000 % HOUR);

/** A world with objects in its bucket, tables, alerts and runs; `done` and `told` are what the table of runs says. */
interface Account {
  objects: Record<string, string>;
  tables: string[];
  alerts: string[][];
  done: number;
  told: number;
  running: number;
  /** Statements that Athena does not take. */
  refuses: RegExp;
}

function services(account: Partial<Account>) {
  const { objects = {}, tables = [], alerts = [], done = 0, told = 0, running = 1, refuses = /(?!)/ } = account;
  const queries: string[] = [];
  const messages: Record<string, unknown>[] = [];
  const asked: string[] = [];
  const cells = (values: readonly string[]) => ({
    Data: values.map((value) => (value === '' ? {} : { VarCharValue: value })),
  });
  const page = ({ QueryExecutionId, NextToken, MaxResults }: Record<string, unknown>) => {
    if (String(QueryExecutionId).startsWith('SELECT coalesce'))
      return { ResultSet: { Rows: [cells(['done', 'told']), cells([String(done), String(told)])] } };
    const rows = [cells(['detector', '…']), ...alerts.map(cells)];
    const from = Number(NextToken ?? 0);
    const to = from + Number(MaxResults);
    return { ResultSet: { Rows: rows.slice(from, to) }, ...(to < rows.length && { NextToken: String(to) }) };
  };
  const all: Record<string, Service> = {
    'aws-sdk:sfn:listExecutions': () => ({ Executions: Array.from({ length: running }, () => ({})) }),
    'aws-sdk:glue:getTables': () => ({ TableList: tables.map((Name) => ({ Name })) }),
    'aws-sdk:s3:getObject': ({ Bucket, Key }) => {
      expect(Bucket).to.equal('bucket');
      asked.push(String(Key));
      const Body = objects[String(Key)];
      if (Body === undefined) throw new Error(`NoSuchKey ${String(Key)}`);
      return { Body, ContentType: 'binary/octet-stream' };
    },
    'athena:startQueryExecution.sync': ({ QueryString, WorkGroup }) => {
      expect(WorkGroup).to.equal('group');
      if (refuses.test(String(QueryString))) throw new Error('Athena.QueryFailed');
      queries.push(String(QueryString));
      return { QueryExecution: { QueryExecutionId: String(QueryString) } };
    },
    'athena:getQueryResults': page,
    'sns:publish': (message) => {
      messages.push(message);
      return { MessageId: '1' };
    },
  };
  return { all, queries, messages, asked };
}

const DETECTORS = [
  { name: 'often', needs: [' lines__a athena__a '] },
  { name: 'elsewhere', needs: [' lines__b '] },
  { name: 'both', needs: [' lines__a athena__a ', ' lines__b '] },
  { name: 'hourly', needs: [' athena__a '], everyMs: HOUR, delayMs: 300_000 },
];
const OBJECTS = {
  'statements/detectors.json': JSON.stringify(DETECTORS),
  'statements/load/athena__a.sql': "LOAD {'from_day'} {'from_hour'} {'from_time'}",
  'statements/load/lines__b.sql': 'LOAD b',
  'statements/detectors/often.sql': "OFTEN {'run'} {'run'}",
  'statements/detectors/hourly.sql': "HOURLY {'run'}",
  'statements/detectors/both.sql': 'BOTH',
  'statements/detectors/elsewhere.sql': 'ELSEWHERE',
};
const alert = (n: number, more: Partial<Record<'title' | 'response' | 'level', string>> = {}) => [
  `name_${n}`,
  'id',
  more.level ?? 'high',
  more.title ?? `Title ${n}`,
  'T1496.003',
  'What it sees.',
  more.response ?? 'Block it.',
  '["a"]',
  '2026-08-01T00:00:00.000 UTC',
  '3.0',
];

describe("the state machines for AWS, in a stand-in for AWS's interpreter", () => {
  it('run the statements of a list in their order, in the bucket of the installation', async () => {
    const objects = {
      'statements/setup.json': '["statements/setup/001.sql", "statements/setup/002.sql"]',
      'statements/setup/001.sql': "CREATE TABLE a LOCATION 's3://{'bucket'}/tables/a/'",
      'statements/setup/002.sql': 'INSERT',
    };
    const { all, queries } = services({ objects });
    expect((await execute(listMachine(), { list: 'setup' }, all)).status).to.equal('SUCCEEDED');
    expect(queries).to.deep.equal(["CREATE TABLE a LOCATION 's3://bucket/tables/a/'", 'INSERT']);
    const one = services({ objects: { ...objects, 'statements/setup.json': '["statements/setup/002.sql"]' } });
    await execute(listMachine(), { list: 'setup' }, one.all);
    expect(one.queries).to.deep.equal(['INSERT']);
    const bad = await execute(listMachine(), { list: 'setup' }, services({ objects, refuses: /CREATE/ }).all);
    expect(bad.status).to.equal('FAILED');
  });

  it('load what has a table, let what is due look, tell what is new, and say that it is done', async () => {
    const done = NOW - HOUR / 4;
    const { all, queries, messages, asked } = services({
      objects: OBJECTS,
      tables: ['athena__a'],
      done,
      told: done,
      alerts: [alert(1)],
    });
    const { status } = await execute(runMachine(), {}, all, () => NOW + 600_000);
    expect(status).to.equal('SUCCEEDED');
    const at = NOW + 600_000;
    const run = `(SELECT 0 AS number, BIGINT '${done}' AS since_ms, BIGINT '${at}' AS run_ms, CAST(NULL AS bigint) AS from_ms, CAST(NULL AS bigint) AS to_ms)`;
    const from = new Date(done - 2 * HOUR).toISOString();
    const day = from.slice(0, 10).replaceAll('-', '/');
    expect(queries[1]).to.equal(
      `LOAD '${day}' '${day}/${from.slice(11, 13)}' '${from.slice(0, 10)} ${from.slice(11, 19)}'`,
    );
    expect(queries.slice(2, 4)).to.deep.equal([`OFTEN ${run} ${run}`, `HOURLY ${run}`]);
    expect(queries[4]).to.match(new RegExp(`WHERE a.is_new AND a.run_ms > ${done} AND a.run_ms <= ${at}\n`));
    expect(queries.slice(5)).to.deep.equal([
      `INSERT INTO tollgate.runs (run_ms, what) VALUES (BIGINT '${at}', 'told')`,
      `INSERT INTO tollgate.runs (run_ms, what) VALUES (BIGINT '${at}', 'done')`,
    ]);
    expect(asked).to.deep.equal([
      'statements/load/athena__a.sql',
      'statements/detectors.json',
      'statements/detectors/often.sql',
      'statements/detectors/hourly.sql',
    ]);
    expect(messages).to.deep.equal([
      {
        TopicArn: 'topic',
        Subject: 'Tollgate high: Title 1',
        Message:
          'Title 1\n\nLevel: high, ATT&CK: T1496.003\n\nGroup: ["a"], started: 2026-08-01T00:00:00.000 UTC, value: 3.0\n\nWhat it sees.\n\nBlock it.',
        MessageAttributes: {
          level: { DataType: 'String', StringValue: 'high' },
          detector: { DataType: 'String', StringValue: 'name_1' },
        },
      },
    ]);
  });

  it('let a query look only when one of its ticks has come since the last whole run', async () => {
    const ran = async (done: number, now: number) => {
      const { all, queries } = services({ objects: OBJECTS, tables: ['athena__a'], done });
      await execute(runMachine(), {}, all, () => now);
      return queries.some((query) => query.startsWith('HOURLY'));
    };
    const tick = NOW + 300_000;
    expect(await ran(tick - 1000, tick + 1000), 'a tick between').to.equal(true);
    expect(await ran(tick - 1000, tick - 500), 'none yet').to.equal(false);
    expect(await ran(tick, tick + HOUR - 1), 'it was the last run').to.equal(false);
    expect(await ran(tick, tick + HOUR), 'the next tick').to.equal(true);
    expect(await ran(0, tick + 1), 'the first run').to.equal(true);
    expect(await ran(tick - 7 * HOUR, tick + 1), 'several were left out').to.equal(true);
  });

  it('let a detector look only where one form of each of its sources has what it reads', async () => {
    const looked = async (tables: string[]) => {
      const { all, queries } = services({ objects: OBJECTS, tables });
      await execute(runMachine(), {}, all);
      return queries
        .filter((query) => /^[A-Z]+( |$)/.test(query))
        .map((query) => /^[A-Z]+/.exec(query)![0])
        .filter((word) => !['SELECT', 'INSERT', 'LOAD'].includes(word));
    };
    expect(await looked([])).to.deep.equal([]);
    expect(await looked(['lines__b'])).to.deep.equal(['ELSEWHERE']);
    expect(await looked(['athena__a', 'lines__b'])).to.deep.equal(['OFTEN', 'ELSEWHERE', 'BOTH', 'HOURLY']);
    expect(await looked(['security_lake__a', 'lines__b'])).to.deep.equal(['ELSEWHERE']);
  });

  it('go on after a statement that fails, tell, and fail without being done', async () => {
    const { all, queries, messages } = services({
      objects: OBJECTS,
      tables: ['athena__a', 'lines__b'],
      refuses: /^(OFTEN|LOAD b)/,
      alerts: [alert(1)],
    });
    const ended = await execute(runMachine(), {}, all);
    expect(ended).to.deep.equal({
      status: 'FAILED',
      error: 'Tollgate.StatementsFailed',
      cause: 'statements/load/lines__b.sql, statements/detectors/often.sql',
    });
    expect(messages).to.have.length(1);
    expect(queries.filter((query) => /'(told|done)'\)$/.test(query)).map((query) => query.slice(-7))).to.deep.equal([
      "'told')",
    ]);
    expect(queries.some((query) => query.startsWith('HOURLY'))).to.equal(true);
  });

  it('leave where another run is not at its end', async () => {
    const { all, queries } = services({ objects: OBJECTS, tables: ['athena__a'], running: 2 });
    expect((await execute(runMachine(), {}, all)).status).to.equal('SUCCEEDED');
    expect(queries).to.deep.equal([]);
  });

  it('tell every alert once, page by page, with a subject that SNS takes', async () => {
    for (const count of [0, 1, 23, 24, 25, 49, 50, 120]) {
      const alerts = Array.from({ length: count }, (_, n) => alert(n));
      const { all, messages } = services({ objects: OBJECTS, alerts });
      await execute(runMachine(), {}, all);
      expect(
        messages.map(({ Subject }) => Subject),
        String(count),
      ).to.deep.equal(alerts.map((_, n) => `Tollgate high: Title ${n}`));
    }
    const odd = [
      alert(1, { title: `Zoë's “flood” % \${x} ${'long '.repeat(40)}` }),
      alert(2, { response: '', level: '' }),
    ];
    const { all, messages } = services({ objects: OBJECTS, alerts: odd });
    await execute(runMachine(), {}, all);
    for (const { Subject } of messages) expect(Subject).to.match(/^[\x20-\x7e]{1,99}$/);
    expect(messages[0]!['Message']).to.include("Zoë's “flood” % ${x}");
  });
});

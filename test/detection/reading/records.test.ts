import { expect } from 'chai';
import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { valuesAt, type Event } from '@tollgate/sigma/values/event';
import { Failure } from '../../../tools/foundation/content/failure';
import { readRecords } from '../../../tools/detection/reading/records';
import type { ReadingOptions } from '../../../tools/detection/reading/reading';
import type { Contract, Form } from '../../../tools/telemetry/contract';
import { deliveredOf } from '../../../tools/telemetry/form-example';
import { Normaliser } from '../../../tools/telemetry/normalise';
import { contractOf, repositoryContracts } from '../../telemetry/contracts';

/** `{"k":1}` and `{"k":2}` on a line each, packed by zstd 1.5. */
const ZSTD = Buffer.from('KLUv/QRYgQAAeyJrIjoxfQp7ImsiOjJ9CjyetWE=', 'base64');

const ALL = [...repositoryContracts().values()];

interface Read {
  events: Event[];
  /** Source and form of each event. */
  forms: string[];
  lines: number[];
  lost: string[];
  reasons: (string | undefined)[];
  unreadable: string[];
  line: string;
}

describe('reading records', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-reading-'));
  after(() => rmSync(folder, { recursive: true }));
  let files = 0;
  const write = (bytes: string | Buffer, name = `${++files}.log`): string => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };

  async function read(
    paths: string | string[],
    options: Partial<ReadingOptions> = {},
    each?: () => void,
  ): Promise<Read> {
    const found: Read = { events: [], forms: [], lines: [], lost: [], reasons: [], unreadable: [], line: '' };
    const summary = await readRecords(
      [paths].flat(),
      { contracts: null, known: () => ALL, ...options },
      {
        take: ({ event, contract, form, line }) => {
          found.events.push(event);
          found.forms.push(contract === null ? '' : `${contract.id}/${form}`);
          found.lines.push(line);
          each?.();
        },
        lost: (_, { line, message, reason }) => {
          found.lost.push(`${line}: ${message}`);
          found.reasons.push(reason);
        },
        unreadable: (_, { message }) => found.unreadable.push(message),
      },
    );
    return { ...found, line: summary.line };
  }

  /** The forms of all contracts, each with its example as it is delivered. */
  const examples = ALL.flatMap((contract) =>
    Object.entries(contract.forms ?? {}).flatMap(
      ([id, form]): { contract: Contract; id: string; form: Form; example: Form['example'] & {} }[] =>
        form.skip ? [] : [{ contract, id, form, example: form.example ?? contract.example }],
    ),
  );

  for (const { contract, id, form, example } of examples) {
    it(`knows ${contract.id} in the form ${id}, however it is written, and makes the same events of it`, async () => {
      const delivered = deliveredOf(form, example)!;
      const expected = new Normaliser([contract]).take(delivered);
      expect(expected.form).to.equal(id);
      const texts = typeof example === 'string' ? [example] : written(example);
      for (const text of texts)
        for (const bytes of [Buffer.from(text), gzipSync(text)]) {
          const path = write(bytes, form.layout === 'csv' ? `${++files}.csv` : undefined);
          for (const contracts of [[contract], ALL]) {
            const found = await read(path, { contracts });
            expect(found.lost, text).to.deep.equal([]);
            expect(found.events, text).to.deep.equal(expected.events);
            expect(new Set(found.forms)).to.deep.equal(new Set([`${contract.id}/${id}`]));
          }
        }
    });
  }

  /** How one record may be delivered; what stands beside it is a member of its envelope. */
  function written(example: Event): string[] {
    const { '@envelope': beside, ...record } = example;
    if (beside !== undefined) {
      const whole = { ...(beside as Event), logEvents: [record] };
      return [
        JSON.stringify(whole),
        JSON.stringify(whole, null, 2),
        `${JSON.stringify(whole)}${JSON.stringify({ ...whole, logEvents: [] })}`,
      ];
    }
    const plain = JSON.stringify(record);
    const keys = ['Records', 'records', 'value', 'events', 'data', 'messages', 'items'];
    return [
      `${plain}\n`,
      `\ufeff${plain}\r\n`,
      `[${plain}]`,
      JSON.stringify([record], null, 2),
      ...keys.map((key) => JSON.stringify({ page: 0, [key]: [record], next: null })),
      JSON.stringify({ value: [record] }, null, 1),
      `${JSON.stringify({ _index: 'logs', _id: '1', _source: record })}\n`,
      `2026-08-04T03:12:09.000Z ${plain}\n`,
    ];
  }

  it('takes events as they come where no source is named, but for those that must be translated', async () => {
    const plain = await read(write('{"time":"2026-08-04T03:12:09Z","k":1}\n'));
    expect([plain.events, plain.forms, plain.line]).to.deep.equal([
      [{ time: '2026-08-04T03:12:09Z', k: 1 }],
      [''],
      'NDJSON, 1 file, 1 record',
    ]);
    const array = await read(write('[\n {"k":1},\n {"k":2}\n]\n'));
    expect([array.events, array.lines, array.line]).to.deep.equal([
      [{ k: 1 }, { k: 2 }],
      [2, 3],
      'JSON, 1 file, 2 records',
    ]);
    const enveloped = await read(write('{"next":"x","items":[{"k":1},{}]}'));
    expect(enveloped.events).to.deep.equal([{ k: 1 }, {}]);
    const indexed = await read(write('{"_index":"x","_id":"1","_source":{"k":1}}\n'));
    expect([indexed.events, indexed.forms]).to.deep.equal([[{ k: 1 }], ['']]);
    const timed = await read(write('2026-08-04T03:12:09.000Z {"k":1}\n2026-08-04T03:12:10.000Z {"k":2}\n'));
    expect(timed.events).to.deep.equal([{ k: 1 }, { k: 2 }]);
    const log = contractOf('web.access').forms!['combined']!.example as string;
    const found = await read(write(`${log}\n`));
    expect(found.events[0]).to.deep.include({ 'c-ip': '198.51.100.7', 'cs-uri-stem': '/signup/code' });
    expect(found.line).to.equal('web.access (combined log of nginx and Apache), 1 file, 1 record, 2026-08-04 03:12');
  });

  it('leaves an event with a list one, since it says when it happened', async () => {
    const event = { time: '2026-08-04T03:12:09Z', items: [{ k: 1 }], data: [{ k: 2 }] };
    expect((await read(write(JSON.stringify(event)))).events).to.deep.equal([event]);
  });

  it('takes lines for lines where the first is malformed or cut off', async () => {
    const event = { k: 1, items: [{ k: 2 }] };
    for (const first of ['{"a": oops', '{"a":1', '{"a":"x', '{"a":{"b":1}'])
      expect((await read(write(`${first}\n${JSON.stringify(event)}\n`))).events, first).to.deep.equal([event]);
  });

  it('unpacks zstd, also several frames, and tells of what is not whole; the next file is read', async () => {
    expect((await read(write(ZSTD))).events).to.deep.equal([{ k: 1 }, { k: 2 }]);
    expect((await read(write(Buffer.concat([ZSTD, ZSTD])))).events).to.have.length(4);
    const packed = gzipSync('{"k":1}\n'.repeat(1000));
    const cut = [write(ZSTD.subarray(0, -3)), write(packed.subarray(0, -20)), write('{"k":3}\n')];
    const found = await read(cut);
    expect(found.unreadable).to.have.length(2);
    for (const message of found.unreadable) expect(message).to.match(/^cannot read .*(?:unexpected e|E)nd|EOF/i);
    expect(found.events.at(-1)).to.deep.equal({ k: 3 });
  });

  it('ends where there is no room for a record, which is no fault of its file', async () => {
    const full = new Failure(3, 'no room');
    const paths = [write('{"k":1}\n'), write('{"k":2}\n')];
    const error: unknown = await read(paths, {}, () => {
      throw full;
    }).catch((thrown: unknown) => thrown);
    expect(error).to.equal(full);
  });

  it('reads folders with what lies below them, and globs', async () => {
    mkdirSync(join(folder, 'day', 'hour'), { recursive: true });
    for (const [name, k] of [
      ['day/b.json', 2],
      ['day/hour/a.json', 1],
      ['day/.hidden', 9],
      ['day/c.txt', 3],
    ] as const)
      write(`{"k":${k}}`, name);
    const ks = async (path: string) => (await read(join(folder, path))).events.map(({ k }) => k);
    expect(await ks('day')).to.deep.equal([2, 3, 1]);
    expect(await ks('day/*.json')).to.deep.equal([2]);
    expect(await ks('day/**/*.json')).to.deep.equal([2, 1]);
    expect(await ks('day/?.t*')).to.deep.equal([3]);
    for (const none of ['day/*.xml', 'nothing/*'])
      expect(await ks(none).catch((error: Failure) => error.exitCode)).to.equal(2);
  });

  it('names a folder that it may not list', async () => {
    mkdirSync(join(folder, 'closed'));
    chmodSync(folder, 0o755);
    chmodSync(join(folder, 'closed'), 0);
    const isRoot = process.geteuid!() === 0;
    if (isRoot) process.seteuid!(65534); // Root may list anything.
    try {
      const error: unknown = await read(join(folder, 'closed')).catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(Failure).with.property('exitCode', 2);
      expect((error as Failure).message).to.match(/^cannot read .*closed: permission denied/);
    } finally {
      if (isRoot) process.seteuid!(0);
      chmodSync(join(folder, 'closed'), 0o755);
    }
  });

  it('loses no more than the record that is wrong', async () => {
    const contracts = [contractOf('aws.sns')];
    const good = JSON.stringify(contractOf('aws.sns').example);
    const wrong = ['{"notification":{"messageId":"x"},"status":"SUCCESS"}', '{"notification":', '7', '"x"'];
    for (const text of [`${good}\n${wrong.join('\n')}\n${good}\n`, `[${good},${wrong[0]},7,${good}]`]) {
      const { events, lost, reasons } = await read(write(text), { contracts });
      expect(events).to.have.length(2);
      expect(lost[0]).to.match(/the record's notification\.timestamp is missing/);
      expect(reasons[0]).to.equal('without a time in notification.timestamp');
    }
    const { lost } = await read(write(`[${good},{"notification":`), { contracts });
    expect(lost).to.deep.equal(['1: the list of records is cut off or malformed here; what came before is read']);
  });

  it('reads records of several forms in one file, and passes over what is no record', async () => {
    const { forms, example } = contractOf('azure.entra');
    const other = { time: '2026-08-04T03:12:09Z', category: 'AuditLogs', operationName: 'Update user' };
    const text = [example, forms!['diagnostic']!.example, other].map((each) => JSON.stringify(each)).join('\n');
    const found = await read(write(text), { contracts: [contractOf('azure.entra')] });
    expect(found.forms).to.deep.equal(['azure.entra/log-analytics', 'azure.entra/diagnostic']);
    expect(found.lost).to.deep.equal([]);
    const control = {
      messageType: 'CONTROL_MESSAGE',
      owner: 'CloudwatchLogs',
      logEvents: [{ id: '', timestamp: 1, message: 'Checking health' }],
    };
    expect(await read(write(JSON.stringify(control)), { contracts: [contractOf('aws.sns')] })).to.deep.include({
      events: [],
      lost: [],
    });
  });

  it('makes of a message of the REST API what was asked for and what became of it', async () => {
    const { forms } = contractOf('twilio.messaging');
    const page = { messages: [forms!['rest']!.example], page: 0, page_size: 50, start: 0 };
    const { events } = await read(write(JSON.stringify(page)), { contracts: [contractOf('twilio.messaging')] });
    expect(events.map((event) => [event['type'], event['@timestamp']])).to.deep.equal([
      ['com.twilio.messaging.message.queued', '2026-08-04T03:12:09.000Z'],
      ['com.twilio.messaging.message.undelivered', '2026-08-04T03:12:10.000Z'],
    ]);
  });

  it('follows the columns that a file names, also where it names others further down', async () => {
    const head = '#Fields: date time c-ip cs-method cs-uri-stem sc-status';
    const other = '#Fields: date time sc-status cs-method c-ip cs-uri-stem';
    const many = '2026-08-04 03:12:09 198.51.100.7 POST /a 200\n'.repeat(30_000);
    const { events } = await read(
      write(`#Version: 1.0\n${head}\n${many}${other}\n2026-08-04 03:12:10 403 GET 198.51.100.8 /b\n`),
    );
    expect(events).to.have.length(30_001);
    expect(events.at(-1)).to.deep.include({ 'c-ip': '198.51.100.8', 'sc-status': 403, 'cs-uri-stem': '/b' });
  });

  it('refuses a table with another header, and tells of a row of another length', async () => {
    const contracts = [contractOf('twilio.messaging')];
    const other = await read(write('From,Too,When\n1,2,3\n', 'other.csv'), { contracts });
    expect(other.lost).to.have.length(1);
    expect(other.lost[0]).to.match(
      /^1: the header is of no table of twilio\.messaging: download of the message log \(CSV\) lacks 'Sid'/,
    );
    const example = contracts[0]!.forms!['log-download']!.example as string;
    const found = await read(write(`${example}1,2\n${example.split('\n')[1]}\n`, 'short.csv'), { contracts });
    expect([found.events.length, found.lost]).to.deep.equal([
      4,
      ['3: the row has 2 columns, not the 13 of the header'],
    ]);
  });

  it('can be told the form, and says which there are', async () => {
    const contracts = [contractOf('cloudflare.http')];
    const example = JSON.stringify(contracts[0]!.forms!['unix']!.example);
    expect((await read(write(example), { contracts, form: 'unix' })).forms).to.deep.equal(['cloudflare.http/unix']);
    expect((await read(write('[{"k":1}]\n'), { form: 'ndjson' })).events).to.deep.equal([{ k: 1 }]);
    const wrong = await read(write(example), { contracts, form: 'unixx' }).catch((error: Failure) => error);
    expect(wrong).to.include({
      exitCode: 2,
      message: "there is no form 'unixx' of cloudflare.http",
      hint: "did you mean 'unix'?",
    });
  });

  it('can be told whose all records are, of a source or as they come', async () => {
    const assetIn = async (text: string, more: Partial<ReadingOptions> = {}): Promise<unknown[]> => {
      const { events } = await read(write(text), { assetId: 'shop', ...more });
      return events.map((event) => valuesAt(event, 'asset.id'));
    };
    const sns = contractOf('aws.sns');
    const { owner, ...nameless } = sns.example;
    const lines = [sns.example, nameless, { ...sns.example, '@timestamp': '2026-08-04T03:12:34Z', asset: { id: 'x' } }]
      .map((record) => `${JSON.stringify(record)}\n`)
      .join('');
    expect(owner).to.be.a('string');
    expect(await assetIn(lines, { contracts: [sns] })).to.deep.equal([['shop'], ['shop'], ['shop']]);
    expect(await assetIn(lines, { contracts: [sns], assetId: undefined })).to.deep.equal([[owner], ['aws.sns'], ['x']]);
    const raw = `{"time":"2026-08-04T03:12:34Z","asset.id":"x"}\n{"asset":{"id":"x","name":"y"}}\n`;
    expect(await assetIn(raw)).to.deep.equal([['shop'], ['shop']]);
    const timed = `2026-08-04T03:12:34Z ${JSON.stringify(nameless)}\n`;
    expect(await assetIn(timed, { contracts: [sns] })).to.deep.equal([['shop']]);
  });

  it('reads what a growing file had at the beginning, and says so', async () => {
    const path = write('{"k":1}\n'.repeat(400_000));
    let grown = false;
    const { events, lost } = await read(path, {}, () => {
      if (!grown) appendFileSync(path, '{"k":2}\n');
      grown = true;
    });
    expect(events).to.have.length(400_000);
    expect(lost)
      .to.have.length(1)
      .and.to.match(/grew while it was read/);
  });

  it('reads a long list in bounded memory', async () => {
    const item = `{"k":"${'x'.repeat(1000)}"},\n`;
    const path = write(`[${item.repeat(100_000)}{"k":1}]`);
    let [count, most] = [0, 0];
    const before = process.memoryUsage().rss;
    await readRecords(
      [path],
      { contracts: null, known: () => [] },
      {
        take: () => {
          if (++count % 1000 === 0) most = Math.max(most, process.memoryUsage().rss - before);
        },
        lost: (_, { message }) => expect.fail(message),
        unreadable: (_, failure) => expect.fail(failure.message),
      },
    );
    expect(count).to.equal(100_001);
    expect(most, 'far less than the 100 MB that it has').to.be.below(80 << 20);
  });
});

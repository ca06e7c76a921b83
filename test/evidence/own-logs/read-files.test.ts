import { expect } from 'chai';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Failure } from '../../../tools/foundation/content/failure';
import { Losses, type Loss } from '../../../tools/evidence/own-logs/losses';
import { recordsOfFiles } from '../../../tools/evidence/own-logs/read-files';
import { contracts, queued } from './logs';

const LINE = `${JSON.stringify(queued(0, '+994000100001').record)}\n`;

describe("reading one's own logs", () => {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
  after(() => rmSync(folder, { recursive: true }));
  const write = (name: string, bytes: string | Buffer): string => {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };
  const all = [...contracts.values()];
  const start = (paths: string[], losses: Losses) =>
    recordsOfFiles(paths, { contracts: all, known: () => all }, losses);
  const read = async (paths: string[], onRecord = (): void => undefined) => {
    const losses = new Losses();
    const lines: string[] = [];
    await start(
      paths,
      losses,
    )(({ source, place }) => {
      lines.push(`${source} ${place.file.slice(folder.length + 1)}:${place.line}`);
      onRecord();
    });
    return { lines, losses: losses.list };
  };
  const without = (losses: Loss[]): string[] =>
    losses.map(
      ({ reason, count, first }) => `${first!.file.slice(folder.length + 1)}:${first!.line} ${reason} ×${count}`,
    );

  it('takes files and folders, packed or not, and says where a record stands', async () => {
    write('in/a.ndjson', LINE + LINE);
    write('in/below/b.json.gz', gzipSync(LINE));
    const { lines, losses } = await read([join(folder, 'in')]);
    expect(lines).to.deep.equal([
      'twilio.messaging in/a.ndjson:1',
      'twilio.messaging in/a.ndjson:2',
      'twilio.messaging in/below/b.json.gz:1',
    ]);
    expect(losses).to.deep.equal([]);
  });

  it('goes on after each kind of damage, and says it once', async () => {
    const packed = gzipSync(Buffer.from(LINE.repeat(20_000)));
    const files = [
      write('bad/1-lines.ndjson', `${LINE}nonsense\nmore nonsense\n`),
      write('bad/2-empty.ndjson', ''),
      write('bad/3-cut.ndjson.gz', packed.subarray(0, packed.length / 2)),
      write('bad/4-unknown.ndjson', '{"message":"hello"}\n'),
      write('bad/5-whole.ndjson', LINE),
    ];
    const { lines, losses } = await read(files);
    expect(lines.at(0)).to.equal('twilio.messaging bad/1-lines.ndjson:1');
    expect(lines.at(-1)).to.equal('twilio.messaging bad/5-whole.ndjson:1');
    expect(without(losses).sort()).to.deep.equal([
      'bad/1-lines.ndjson:2 holds no record ×2',
      'bad/2-empty.ndjson:0 is empty ×1',
      'bad/3-cut.ndjson.gz:0 cannot be read to its end: unexpected end of file ×1',
      'bad/4-unknown.ndjson:1 of no known source ×1',
    ]);
    expect(losses.filter(({ environment }) => environment)).to.have.length(1);
  });

  it('ends with what was there when it began, where a file grows as fast as it is read', async () => {
    const file = write('grows.ndjson', LINE.repeat(3));
    const { lines, losses } = await read([file], () => appendFileSync(file, LINE.repeat(2)));
    expect(lines).to.have.length(3);
    expect(without(losses)).to.deep.equal(['grows.ndjson:1 the file grew ×1']);
  });

  it('reads records in the forms of their vendors', async () => {
    const example = contracts.get('aws.cloudtrail')!.example;
    const { lines, losses } = await read([write('forms/trail.json', JSON.stringify({ Records: [example, example] }))]);
    expect(lines).to.deep.equal(['aws.cloudtrail forms/trail.json:1', 'aws.cloudtrail forms/trail.json:1']);
    expect(losses).to.deep.equal([]);
  });

  it('refuses a path where there is nothing to read', () => {
    mkdirSync(join(folder, 'none'), { recursive: true });
    const refused = (name: string) => () => start([join(folder, name)], new Losses());
    expect(refused('none')).to.throw(Failure, /^there is no file in/);
    expect(refused('no*thing')).to.throw(Failure, /^no file is called/);
  });
});

import { createWriteStream, existsSync, renameSync } from 'node:fs';
import { once } from 'node:events';

/** API calls and how often they occur; the last ones are those that rules look for. */
const CALLS: [source: string, name: string, weight: number][] = [
  ['s3.amazonaws.com', 'GetObject', 300],
  ['s3.amazonaws.com', 'PutObject', 150],
  ['s3.amazonaws.com', 'HeadObject', 90],
  ['sts.amazonaws.com', 'AssumeRole', 120],
  ['kms.amazonaws.com', 'Decrypt', 110],
  ['ec2.amazonaws.com', 'DescribeInstances', 80],
  ['logs.amazonaws.com', 'CreateLogStream', 60],
  ['dynamodb.amazonaws.com', 'GetItem', 40],
  ['sns.amazonaws.com', 'Publish', 20],
  ['cognito-idp.amazonaws.com', 'SignUp', 8],
  ['cognito-idp.amazonaws.com', 'ForgotPassword', 6],
  ['signin.amazonaws.com', 'ConsoleLogin', 4],
  ['iam.amazonaws.com', 'CreateAccessKey', 2],
  ['sns.amazonaws.com', 'SetSMSAttributes', 1],
  ['cloudtrail.amazonaws.com', 'StopLogging', 0.05],
  ['bedrock.amazonaws.com', 'DeleteGuardrail', 0.05],
];
const AGENTS = [
  'aws-sdk-go-v2/1.30.3 os/linux lang/go#1.22.5',
  'Boto3/1.34.131 md/Botocore#1.34.131 os/linux',
  'aws-cli/2.17.9 md/awscrt#0.20.11 os/macos',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0.0.0',
];
const START = Date.UTC(2026, 0, 1);
/** A write of this many characters at a time. */
const CHUNK = 1 << 20;

/** Numbers in [0, 1) from a seed: Mulberry32, T. Ettinger 2017, public domain. */
function random(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** CloudTrail-like records as NDJSON lines, the same ones for the same seed, of about 540 bytes each. */
export function* eventLines(count: number, seed: number): Generator<string> {
  const draw = random(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(draw() * list.length)]!;
  const hex = (length: number) => {
    let text = '';
    while (text.length < length)
      text += Math.floor(draw() * 0x100000000)
        .toString(16)
        .padStart(8, '0');
    return text.slice(0, length);
  };
  const total = CALLS.reduce((sum, [, , weight]) => sum + weight, 0);
  for (let n = 0; n < count; n++) {
    let rest = draw() * total;
    const [source, name] = CALLS.find(([, , weight]) => (rest -= weight) < 0) ?? CALLS[0]!;
    const account = `11112222${String(Math.floor(draw() * 40)).padStart(4, '0')}`;
    const role = `service-role-${Math.floor(draw() * 200)}`;
    const time = new Date(START + n * 80).toISOString().replace(/\.\d+/, '');
    const failed =
      draw() < 0.02 ? '"errorCode":"AccessDenied","errorMessage":"not authorized to perform this action",' : '';
    yield (
      `{"eventVersion":"1.09","userIdentity":{"type":"AssumedRole",` +
      `"arn":"arn:aws:sts::${account}:assumed-role/${role}/session","accountId":"${account}"},` +
      `"eventTime":"${time}","eventSource":"${source}","eventName":"${name}","awsRegion":"eu-west-1",` +
      `"sourceIPAddress":"198.51.100.${Math.floor(draw() * 256)}","userAgent":"${pick(AGENTS)}",${failed}` +
      `"requestParameters":{"target":"resource-${Math.floor(draw() * 5000)}","size":${Math.floor(draw() * 100000)}},` +
      `"eventID":"${hex(24)}","readOnly":${draw() < 0.7},"eventType":"AwsApiCall","recipientAccountId":"${account}"}\n`
    );
  }
}

/** Writes them to a file, unless an earlier run did; a run that is cut off leaves no file of that name. */
export async function writeEvents(path: string, count: number, seed: number): Promise<void> {
  if (existsSync(path)) return;
  const out = createWriteStream(`${path}.part`);
  let chunk = '';
  for (const line of eventLines(count, seed)) {
    chunk += line;
    if (chunk.length < CHUNK) continue;
    if (!out.write(chunk)) await once(out, 'drain');
    chunk = '';
  }
  out.end(chunk);
  await once(out, 'finish');
  renameSync(`${path}.part`, path);
}

import { parseTimespan } from '@tollgate/sigma/rules/timespan';
import { didYouMean } from '@tollgate/sigma/diagnostics/suggest';
import { Failure } from '../../foundation/content/failure';
import { fieldsOf } from '../../telemetry/contract';
import { conditionsOf, groupingOf } from './defaults';
import { requireFreeName } from './detector';
import type { DetectorDraft } from './draft';
import { contractNamed, requireScenario, type NewGround } from './ground';
import type { Answers, Question } from './questions';
import { conditionOf, unknownField } from './records';

/** What SMS pumping is in ATT&CK: every rule and query names it. */
const TECHNIQUE = 'https://attack.mitre.org/techniques/T1496/003/';

const LEVELS = ['informational', 'low', 'medium', 'high', 'critical'];
const SHOWS = ['volume', 'conversion', 'client', 'control', 'refusal'];
const MOMENTS = ['before', 'during', 'after'];

/** What a new rule or query needs to know. Only the first five have to be said. */
export function detectorQuestions(kind: DetectorDraft['kind'], ground: NewGround): Question[] {
  const source = (answers: Answers) => contractNamed(ground, String(answers['source']));
  const field = (name: string, answers: Answers): void => {
    if (!Object.hasOwn(fieldsOf(source(answers)), name)) throw unknownField(name, source(answers));
  };
  const countsNumbers = (answers: Answers): boolean => answers['count'] === source(answers).roles.destination;
  return [
    {
      key: 'name',
      flag: '<name>',
      about: 'its name, lower case with underscores',
      check: (name) => requireFreeName(name, ground),
    },
    {
      key: 'source',
      flag: '--source <id>',
      about: 'the log source that it reads (tollgate list sources)',
      check: (id) => void contractNamed(ground, id),
    },
    {
      key: 'title',
      flag: '--title <text>',
      about: 'what it detects and on which source, in one line',
      check: requireTitle,
    },
    {
      key: 'where',
      flag: '--where <field=value...>',
      about: 'which records it matches, as field=value',
      several: true,
      offer: (answers) => conditionsOf(source(answers)),
      check: (text, answers) => void conditionOf(text, source(answers)),
    },
    {
      key: 'catches',
      flag: '--catches <scenario...>',
      about: 'the malicious scenarios that it must catch (tollgate list scenarios)',
      several: true,
      check: (name) => requireScenario(ground, name, 'malicious'),
    },
    {
      key: 'count',
      flag: '--count <field>',
      about: 'the field whose different values are counted, or `events`',
      otherwise: (answers) => groupingOf(source(answers)).count ?? 'events',
      check: (name, answers) => (name === 'events' ? undefined : field(name, answers)),
    },
    {
      key: 'groupBy',
      flag: '--group-by <field...>',
      about: 'the fields by which it groups',
      several: true,
      otherwise: (answers) => groupingOf(source(answers)).groupBy,
      check: field,
    },
    {
      key: 'atLeast',
      flag: '--at-least <number>',
      about: 'how many there must be',
      otherwise: () => (kind === 'rule' ? '20' : '12'),
      check: (text) => requireCount(text, kind === 'rule' ? 1 : 3),
    },
    {
      key: 'within',
      flag: '--within <timespan>',
      about: 'within how long, such as 1h',
      otherwise: () => (kind === 'rule' ? '1h' : '10m'),
      check: (text) => requireTimespan(text, kind),
    },
    {
      key: 'level',
      flag: '--level <level>',
      about: 'how urgent an alert is',
      otherwise: () => 'medium',
      check: oneOf(LEVELS),
    },
    {
      key: 'shows',
      flag: '--shows <sign...>',
      about: 'the kinds of sign that it sees',
      several: true,
      otherwise: (answers) => [countsNumbers(answers) || source(answers).roles.identity === null ? 'volume' : 'client'],
      check: oneOf(SHOWS),
    },
    {
      key: 'moment',
      flag: '--moment <moment>',
      about: 'when it alerts: before, during or after the pumping',
      otherwise: () => 'during',
      check: oneOf(MOMENTS),
    },
    {
      key: 'reference',
      flag: '--reference <url...>',
      about: 'the pages that document the behaviour',
      several: true,
      otherwise: (answers) => [...new Set([TECHNIQUE, ...source(answers).references.slice(0, 1)])],
      check: requirePage,
    },
    {
      key: 'confuses',
      flag: '--confuses <scenario...>',
      about: 'the benign scenarios that come near it',
      several: true,
      otherwise: () =>
        usual(
          ground.loaded.content.scenarios.flatMap((one) => (one.kind === 'benign' ? one.name : [])),
          'load-test',
        ),
      check: (name) => requireScenario(ground, name, 'benign'),
    },
    {
      key: 'acts',
      flag: '--acts <act...>',
      about: 'what to do on an alert',
      several: true,
      otherwise: (answers) =>
        usual(
          [...ground.loaded.content.acts],
          countsNumbers(answers) ? 'application.refuse-range' : 'application.block-client',
        ),
      check: (id) => {
        const { acts } = ground.loaded.content;
        if (!acts.has(id)) throw new Failure(2, `there is no act '${id}'`, didYouMean(id, acts));
      },
    },
  ];
}

/** The usual one, or where it is not there the first. */
function usual(all: string[], name: string): string[] {
  return all.includes(name) ? [name] : all.slice(0, 1);
}

/** Throws a `Failure` (2) for a title that the schemas would refuse. */
export function requireTitle(text: string): void {
  if (text.length < 10 || text.length > 120)
    throw new Failure(
      2,
      `a title has 10 to 120 characters, not ${text.length}`,
      'say what it detects, and on which source',
    );
}

/** Throws a `Failure` (2) for what is no address of a web page. */
export function requirePage(text: string): void {
  if (!URL.canParse(text) || !text.startsWith('https://'))
    throw new Failure(2, `'${text}' is not an address of a page`, 'give its address, https://…');
}

function oneOf(all: readonly string[]): (text: string) => void {
  return (text) => {
    if (!all.includes(text)) throw new Failure(2, `'${text}' is not one of ${all.join(', ')}`, didYouMean(text, all));
  };
}

function requireCount(text: string, least: number): void {
  const most = 5000;
  if (!/^\d{1,4}$/.test(text) || Number(text) < least || Number(text) > most || Number(text) === 2)
    throw new Failure(
      2,
      `'${text}' is not a number of events that cases can show`,
      `give ${least === 1 ? '1, or 3' : String(least)} to ${most}`,
    );
}

function requireTimespan(text: string, kind: DetectorDraft['kind']): void {
  const ms = parseTimespan(text);
  if (ms === null)
    throw new Failure(2, `'${text}' is not a timespan`, 'give a number and a unit: s, m, h, d or w, such as 1h');
  const [least, most] = kind === 'rule' ? [10_000, 30 * 86_400_000] : [600_000, 86_400_000];
  if (ms < least || ms > most)
    throw new Failure(
      2,
      `${text} is too ${ms < least ? 'short' : 'long'}`,
      kind === 'rule' ? 'give 10s to 30d' : 'give 10m to 24h',
    );
}

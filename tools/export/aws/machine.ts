import { ALERTS, DETECTORS, RUNS } from '../sql/tables';
import { athena, DATABASE, RAW_DATABASE } from './athena';
import { DETECTOR_COLUMNS } from './detectors';
import { LIMITS } from './limits';
import { filled } from './tokens';

/** A state of Amazon's States Language. */
export type MachineState = Record<string, unknown>;

/** A state machine, with JSONata for its expressions. */
export interface Machine {
  Comment: string;
  QueryLanguage: 'JSONata';
  StartAt: string;
  States: Record<string, MachineState>;
}

/** Statements that run at once. Each adds to the same table of alerts, and Iceberg lets one of those that end together try again. */
const AT_ONCE = 4;

/** Alerts that are told in one go, with all that an analyst is told: an answer of Athena goes into a payload whole. */
const PAGE = 25;

const RETRY = [
  { ErrorEquals: ['States.ALL'], IntervalSeconds: 5, MaxAttempts: 3, BackoffRate: 2, JitterStrategy: 'FULL' },
];

const jsonata = (expression: string): string => `{% ${expression} %}`;

/** Runs the statements of a list, one after the other: its input is `{"list": "setup"}` or `{"list": "maintain"}`. */
export function listMachine(): Machine {
  const { States, StartAt } = statement('$states.input');
  return {
    Comment: 'Runs the statements of a list, one after the other',
    QueryLanguage: 'JSONata',
    StartAt: 'List',
    States: {
      List: {
        ...read('"statements/" & $states.input.list & ".json"'),
        Assign: { keys: jsonata('[$parse($states.result.Body)]'), since: 0, run: 0 },
        Next: 'Each',
      },
      Each: {
        Type: 'Map',
        Items: jsonata('$keys'),
        MaxConcurrency: 1,
        ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, StartAt, States },
        End: true,
      },
    },
  };
}

/** One run: what is new is loaded, what is due looks at it, what is new since the last run is told. */
export function runMachine(): Machine {
  const isThere = '$count($filter($tables, function($table) { $contains($need, " " & $table & " ") })) > 0';
  const has = `$count($filter($one.needs, function($need) { $not(${isThere}) })) = 0`;
  const due =
    '$not($exists($one.everyMs)) or $floor(($run - $one.delayMs) / $one.everyMs) > $floor(($since - $one.delayMs) / $one.everyMs)';
  return {
    Comment: 'Loads what is new, lets what is due look at it, and tells what is new since the last run',
    QueryLanguage: 'JSONata',
    StartAt: 'Others',
    States: {
      Others: {
        ...task('aws-sdk:sfn:listExecutions', {
          StateMachineArn: jsonata('$states.context.StateMachine.Id'),
          StatusFilter: 'RUNNING',
        }),
        Output: { alone: jsonata('$count($states.result.Executions) <= 1') },
        Next: 'Alone',
      },
      // The other run takes what this one would have; what comes later is the next one's.
      Alone: {
        Type: 'Choice',
        Choices: [{ Condition: jsonata('$states.input.alone'), Next: 'Before' }],
        Default: 'Left',
      },
      Left: { Type: 'Succeed' },
      Before: {
        ...query(BEFORE),
        Output: jsonata('$states.result.QueryExecution.QueryExecutionId'),
        Next: 'Since',
      },
      Since: {
        ...task('athena:getQueryResults', { QueryExecutionId: jsonata('$states.input') }),
        Assign: {
          since: jsonata('$number($states.result.ResultSet.Rows[1].Data[0].VarCharValue)'),
          told: jsonata('$number($states.result.ResultSet.Rows[1].Data[1].VarCharValue)'),
          run: 0,
        },
        Next: 'Sources',
      },
      Sources: {
        ...task('aws-sdk:glue:getTables', { DatabaseName: RAW_DATABASE }),
        Assign: { tables: jsonata('[$states.result.TableList.Name]') },
        Next: 'Load',
      },
      Load: { ...each('$tables', '"statements/load/" & $states.input & ".sql"'), Assign: failed('[]'), Next: 'Now' },
      // After loading: what was loaded counts in this run.
      Now: {
        Type: 'Pass',
        Assign: { run: jsonata('$toMillis($states.context.State.EnteredTime)') },
        Next: 'Detectors',
      },
      Detectors: {
        ...read('"statements/detectors.json"'),
        Assign: {
          detectors: jsonata(`[$filter($parse($states.result.Body), function($one) { ${has} and (${due}) }).name]`),
        },
        Next: 'Detect',
      },
      Detect: {
        ...each('$detectors', '"statements/detectors/" & $states.input & ".sql"'),
        Assign: failed('$failed'),
        Next: 'New',
      },
      New: {
        ...query(
          `{% ${JSON.stringify(NEW[0])} & $string($told) & ${JSON.stringify(NEW[1])} & $string($run) & ${JSON.stringify(NEW[2])} %}`,
        ),
        Assign: { answer: jsonata('$states.result.QueryExecution.QueryExecutionId'), next: '' },
        Next: 'Page',
      },
      Page: {
        ...task('athena:getQueryResults', undefined),
        Arguments: jsonata(
          `$merge([{"QueryExecutionId": $answer, "MaxResults": ${PAGE}}, $next = "" ? {} : {"NextToken": $next}])`,
        ),
        // The first row of the first page has the names of the columns.
        Assign: {
          rows: jsonata(
            `[($next = "" ? $states.result.ResultSet.Rows[[1..${PAGE}]] : $states.result.ResultSet.Rows).{"cells": [Data.(VarCharValue ? VarCharValue : "")]}]`,
          ),
          next: jsonata('$exists($states.result.NextToken) ? $states.result.NextToken : "-"'),
        },
        Next: 'Tell',
      },
      Tell: {
        Type: 'Map',
        Items: jsonata('$rows'),
        MaxConcurrency: AT_ONCE,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'INLINE' },
          StartAt: 'Publish',
          States: { Publish: { ...task('sns:publish', message()), End: true } },
        },
        Next: 'More',
      },
      More: { Type: 'Choice', Choices: [{ Condition: jsonata('$next != "-"'), Next: 'Page' }], Default: 'Told' },
      Told: { ...query(mark('told')), Next: 'Whole' },
      Whole: {
        Type: 'Choice',
        Choices: [{ Condition: jsonata('$count($failed) = 0'), Next: 'Done' }],
        Default: 'Failed',
      },
      // It is not marked as done, so that the next run makes up for what failed.
      Failed: {
        Type: 'Fail',
        Error: 'Tollgate.StatementsFailed',
        Cause: jsonata('$join($failed, ", ")'),
      },
      Done: { ...query(mark('done')), End: true },
    },
  };
}

/** When the last run was done, and when it last told: 0 before the first. */
const BEFORE = `SELECT ${['done', 'told'].map((what) => `coalesce(max(CASE WHEN what = '${what}' THEN run_ms END), 0) AS ${what}`).join(', ')} FROM ${athena.relation(RUNS)}`;

/** What is new after one moment and up to another. */
const NEW = [
  `SELECT ${DETECTOR_COLUMNS.map((column) => `d.${column}`).join(', ')}, a.group_key, to_iso8601(from_unixtime(a.started_ms / 1e3)) AS started, a.value
FROM ${athena.relation(ALERTS)} AS a JOIN ${athena.relation(DETECTORS)} AS d ON d.detector = a.detector
WHERE a.is_new AND a.run_ms > `,
  ` AND a.run_ms <= `,
  `\nORDER BY a.started_ms, d.title, a.group_key`,
] as const;

function mark(what: string): string {
  return jsonata(`"INSERT INTO ${DATABASE}.${RUNS} (run_ms, what) VALUES (BIGINT '" & $string($run) & "', '${what}')"`);
}

/** An alert as a message; a subscription can choose by its attributes. */
function message(): MachineState {
  const cell = (name: string) =>
    `$states.input.cells[${[...DETECTOR_COLUMNS, 'group', 'started', 'value'].indexOf(name)}]`;
  const subject = `"Tollgate " & ${cell('level')} & ": " & $replace(${cell('title')}, /[^\\x20-\\x7e]/, "?")`;
  const lines = [
    cell('title'),
    `"Level: " & ${cell('level')} & ", ATT&CK: " & ${cell('attack')}`,
    `"Group: " & ${cell('group')} & ", started: " & ${cell('started')} & ", value: " & ${cell('value')}`,
    cell('description'),
    cell('response'),
  ];
  const attribute = (name: string) => ({ DataType: 'String', StringValue: jsonata(cell(name)) });
  return {
    TopicArn: '${Topic}',
    Subject: jsonata(`$substring(${subject}, 0, ${LIMITS.subjectCharacters - 1})`),
    Message: jsonata(`$join([${lines.join(', ')}], "\\n\\n")`),
    MessageAttributes: { level: attribute('level'), detector: attribute('detector') },
  };
}

/** Runs a statement for each item; its output is the list of those that failed. */
function each(items: string, key: string): MachineState {
  const { StartAt, States } = statement(key);
  const Catch = [{ ErrorEquals: ['States.ALL'], Output: { failed: jsonata(key) }, Next: 'Not' }];
  const caught = Object.fromEntries(Object.entries(States).map(([name, state]) => [name, { ...state, Catch }]));
  return {
    Type: 'Map',
    Items: jsonata(items),
    MaxConcurrency: AT_ONCE,
    ItemProcessor: {
      ProcessorConfig: { Mode: 'INLINE' },
      StartAt,
      States: { ...caught, Not: { Type: 'Pass', End: true } },
    },
  };
}

function failed(before: string): MachineState {
  return { failed: jsonata(`[$append(${before}, [$states.result.failed])]`) };
}

/** Reads a statement of the bucket, fills it in and runs it to its end. The item stays the input, by which a failure is named. */
function statement(key: string): { StartAt: string; States: Record<string, MachineState> } {
  return {
    StartAt: 'Read',
    States: {
      Read: {
        ...read(key),
        Assign: { text: jsonata('$states.result.Body') },
        Output: jsonata('$states.input'),
        Next: 'Run',
      },
      Run: { ...query(jsonata(filled('$text'))), Output: {}, End: true },
    },
  };
}

function read(key: string): MachineState {
  return task('aws-sdk:s3:getObject', { Bucket: '${Bucket}', Key: jsonata(key) });
}

function query(text: string): MachineState {
  return task('athena:startQueryExecution.sync', { QueryString: text, WorkGroup: '${WorkGroup}' });
}

function task(api: string, args: MachineState | undefined): MachineState {
  return {
    Type: 'Task',
    Resource: `arn:aws:states:::${api}`,
    ...(args && { Arguments: args }),
    Retry: RETRY,
  };
}

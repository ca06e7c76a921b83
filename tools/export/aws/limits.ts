/** What AWS takes, in bytes and pieces. `LIMIT_PAGES` says where each stands. */
export const LIMITS = {
  queryBytes: 262_144,
  payloadBytes: 262_144,
  inlineTemplateBytes: 51_200,
  templateBytes: 1_048_576,
  resources: 500,
  parameters: 200,
  definitionBytes: 1_048_576,
  patternCharacters: 1024,
  metricFilters: 100,
  subjectCharacters: 100,
  /** What is left of a payload for a statement that the state machine reads and fills in: it comes with its headers and as JSON, in which each line's end is two characters. */
  statementBytes: 200_000,
} as const;

const CLOUDFORMATION = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html';
const STEP_FUNCTIONS = 'https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html';
const LOGS = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html';

/** The page that a limit comes from; the last follows from that of a payload. */
export const LIMIT_PAGES: Readonly<Record<keyof typeof LIMITS, string>> = {
  queryBytes: 'https://docs.aws.amazon.com/athena/latest/ug/service-limits.html',
  payloadBytes: STEP_FUNCTIONS,
  inlineTemplateBytes: CLOUDFORMATION,
  templateBytes: CLOUDFORMATION,
  resources: CLOUDFORMATION,
  parameters: CLOUDFORMATION,
  definitionBytes: STEP_FUNCTIONS,
  patternCharacters: 'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html',
  metricFilters: LOGS,
  subjectCharacters: 'https://docs.aws.amazon.com/sns/latest/api/API_Publish.html',
  statementBytes: STEP_FUNCTIONS,
};

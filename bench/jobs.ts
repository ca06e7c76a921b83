import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** What is to be measured, and against what. */
export interface Job {
  name: string;
  /** Tollgate's arguments. */
  tollgate: string[];
  other: { tool: string; command: string[] };
  goal: Goal;
}

/**
 * Tollgate's time is to be at most this share of the other's, or, against bare Node, this many seconds more (in so much memory, where
 * that is said); or its speed at least this part of the other's.
 */
export type Goal = { share: number } | { more: number; mebibytes?: number } | { speed: number };

export interface Tools {
  rsigma?: string;
  sigma?: string;
  /** The folder of SigmaHQ's rules. */
  corpus?: string;
}

export interface Inputs {
  /** Files of 1,000,000 and of 100,000 events. */
  million: string;
  tenth: string;
}

const RULES = join(__dirname, 'rules');
const ONE_RULE = join('rules', 'twilio', 'twilio_verify_expired_block.yml');
const NODE = process.execPath;

/** The jobs for which the tools are there, and what the others lack. */
export function jobsFor(
  { rsigma, sigma, corpus }: Tools,
  { million, tenth }: Inputs,
): { jobs: Job[]; missing: string[] } {
  const jobs: Job[] = [];
  const missing: string[] = [];
  const evaluate = (name: string, rules: string, events: string, share: number) => {
    if (rsigma === undefined) return missing.push(`${name}: rsigma is not there`);
    const time = ['--timestamp-field', 'eventTime'];
    jobs.push({
      name,
      tollgate: ['match', '--rules', rules, '--events', events],
      other: { tool: 'rsigma', command: [rsigma, 'engine', 'eval', '-r', rules, '-e', `@${events}`, '-q', ...time] },
      goal: { share },
    });
  };
  evaluate('1,000,000 events, 3 rules', join(RULES, 'detections'), million, 0.5);
  evaluate('1,000,000 events, 3 rules and 3 correlations', join(RULES, 'correlations'), million, 0.5);
  const cloudtrail = join(corpus ?? '', 'rules', 'cloud', 'aws', 'cloudtrail');
  if (corpus === undefined || !existsSync(cloudtrail)) {
    missing.push("the jobs on SigmaHQ's rules: their folder is not there");
  } else {
    evaluate('1,000,000 events, 57 rules', cloudtrail, million, 0.5);
    evaluate('100,000 events, 3,757 rules', corpus, tenth, 1);
    const compile = ['compile', '--rules', corpus, '--target', 'elasticsearch'];
    const name = 'read, check and compile 3,757 rules';
    if (rsigma === undefined) missing.push(`${name}: rsigma is not there`);
    else
      jobs.push({
        name,
        tollgate: compile,
        other: { tool: 'rsigma validate', command: [rsigma, 'rule', 'validate', corpus] },
        goal: { share: 1 },
      });
    if (sigma === undefined) missing.push(`${name}: sigma-cli is not there`);
    else
      jobs.push({
        name,
        tollgate: compile,
        other: {
          tool: 'sigma-cli convert',
          command: [sigma, 'convert', '-t', 'lucene', '--without-pipeline', '-s', corpus],
        },
        goal: { share: 0.1 },
      });
  }
  const bare = { tool: 'bare Node', command: [NODE, '-e', '0'] };
  jobs.push({ name: 'tollgate --help', tollgate: ['--help'], other: bare, goal: { more: 0.15 } });
  jobs.push({
    name: 'tollgate validate, one file',
    tollgate: ['validate', ONE_RULE],
    other: bare,
    goal: { more: 0.15 },
  });
  return { jobs, missing };
}

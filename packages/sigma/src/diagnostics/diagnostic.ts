import type { CODES } from './codes';

/** The codes that there are, as keys; what builds on this package declares its own in addition. */
export interface DiagnosticCodes extends Record<(typeof CODES)[number], true> {}

/** A stable code in kebab case. */
export type DiagnosticCode = keyof DiagnosticCodes;

/** One finding about a content file. Positions are 1-based; a finding about a whole file stands at 1:1. */
export interface Diagnostic {
  /** Path as the user gave it, relative to the working directory where it lies below it. */
  file: string;
  line: number;
  column: number;
  severity: 'error' | 'warning';
  /** What kind of mistake it is, such as `duplicate-key`. */
  code: DiagnosticCode;
  /** What is wrong, in one sentence. */
  message: string;
  /** What to do about it. */
  hint?: string;
  /** Title of the rule, query or scenario that it belongs to. */
  rule?: string;
}

/** A place in a file, 1-based. */
export interface Position {
  line: number;
  column: number;
}

/** Findings that another one causes: what they are about is there, and can't be used. */
const CONSEQUENCES = new Set(['broken-reference']);

/** As `byPosition`, with what only follows from other findings after these. */
export function causesFirst(a: Diagnostic, b: Diagnostic): number {
  return Number(CONSEQUENCES.has(a.code)) - Number(CONSEQUENCES.has(b.code)) || byPosition(a, b);
}

/** Orders diagnostics by file, position and code, so that output is the same on every run. */
export function byPosition(a: Diagnostic, b: Diagnostic): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0);
}

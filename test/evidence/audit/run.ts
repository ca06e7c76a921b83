import { join } from 'node:path';
import { findLayout } from '../../../tools/command/check/layout';
import { loadContent } from '../../../tools/command/check/load';
import type { AuditOptions } from '../../../tools/evidence/audit/part';

const ROOT = join(__dirname, '../../..');
process.chdir(ROOT);
const { content, datasets } = loadContent(findLayout([]));

/** The repository's content: one world unless told otherwise, and the named scenarios. */
export function optionsFor(scenarios: string[], worlds = ['regional-shop'], rules?: string[]): AuditOptions {
  return {
    worlds: datasets.worlds.filter(({ name }) => worlds.includes(name)),
    scenarios: datasets.scenarios.filter(({ name }) => scenarios.includes(name)),
    rules: content.sigma.filter(({ file }) => rules?.some((rule) => file.endsWith(rule)) ?? true),
    queries: rules ? [] : content.hunts,
    contracts: content.contracts,
    progress: { update: () => undefined },
  };
}

/** The worlds that docs/audit.md is about, in the order of its columns: all. */
export const AUDITED = datasets.worlds.map(({ name }) => name);
export const ALL_SCENARIOS = datasets.scenarios.map(({ name }) => name);

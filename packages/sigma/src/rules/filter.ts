import { isMap } from '../values/map';
import type { YamlDocument } from '../yaml/yaml';
import { readAttributes, readLogsource } from './attributes';
import { MAX_FILTER_RULES } from './limits';
import type { Filter } from './model';
import { readDetection } from './rule';
import { type Reporter } from './reporter';
import type { Placeholders } from './transform';

/** Reads a filter document; its `rules` are still the written ids or names. Returns `null` after an error. */
export function readFilter(document: YamlDocument, placeholders: Placeholders, reporter: Reporter): Filter | null {
  const map = document.value as Record<string, unknown>;
  const { id, title, file } = readAttributes(document, reporter);
  const logsource = readLogsource(map, reporter);
  const section = map['filter'];
  const plan = readDetection(section, ['filter'], ['rules'], placeholders, reporter);
  const written = isMap(section) ? section['rules'] : undefined;
  const rules = Array.isArray(written) ? (written as unknown[]) : [written];
  if (rules.length > MAX_FILTER_RULES) {
    const message = `a filter names at most ${MAX_FILTER_RULES} rules`;
    reporter.error('too-large', ['filter', 'rules'], message, 'write several filters');
    return null;
  }
  const names = rules.filter((rule): rule is string => typeof rule === 'string' && rule !== '');
  if (names.length < rules.length || names.length === 0) {
    reporter.error(
      'invalid-filter',
      ['filter', 'rules'],
      'a filter names the rules it applies to',
      'list their ids or names under `rules`',
    );
  }
  if (reporter.failed || plan === null) return null;
  return { id, title, logsource, rules: names, plan, file, document: document.index };
}

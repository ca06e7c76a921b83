import type { Event } from '@tollgate/sigma/values/event';
import type { Placeholders } from '@tollgate/sigma/rules/transform';
import type { FieldType } from '../../../../tools/telemetry/contract';

type Section = Record<string, unknown>;

/** One line of the checklist: what the specification says, and what shows that the engine does it. */
export interface Feature {
  /** As the page has it. */
  name: string;
  /** Where the specification says so. */
  section: string;
  /** A detection, events that satisfy it and events that don't. */
  detects?: { detection: Section; holds: Event[]; fails: Event[]; placeholders?: Placeholders; types?: Types }[];
  /** A document, and what its rule must have. */
  reads?: { text: string; as: object }[];
  /** A file, and the code of its diagnostic; a `warning` where the rule is read all the same; `left`, how many rules remain. */
  refuses?: { text: string; code: string; severity?: 'warning'; left?: number }[];
  /** Rules and a correlation; events by their second; the numbers of the events of each alert. */
  correlates?: { text: string; events: [second: number, record: Event][]; alerts: number[][] }[];
}

/** Types that a telemetry contract gives to fields; `keyword` to those not named. */
type Types = Record<string, FieldType>;

export interface Group {
  title: string;
  features: Feature[];
}

/** A detection of one selection. */
export function one(selection: unknown, holds: Event[], fails: Event[], types?: Types) {
  return { detection: { selection, condition: 'selection' }, holds, fails, ...(types && { types }) };
}

/** The text of a rule with these lines beside its title, log source and detection. */
export function rule(lines: string, title = 'title: A rule'): string {
  return `${title}\nlogsource: {product: test}\ndetection: {s: {a: x}, condition: s}\n${lines}\n`;
}

/** A rule with this selection, refused. JSON is YAML. */
export function refusal(selection: unknown, code: string) {
  return { text: ruleOn({ selection, condition: 'selection' }), code };
}

export function ruleOn(detection: Section): string {
  return `title: A rule\nlogsource: {product: test}\ndetection: ${JSON.stringify(detection)}\n`;
}

/** Rules `a`, `b` and `c`, whose ids begin with `id-` and which want `kind` to be their name, and a correlation `outer`. */
export function around(correlation: string, more = ''): string {
  const base = (name: string) =>
    `title: ${name}\nid: id-${name}\nname: ${name}\nlogsource: {product: test}\ndetection: {s: {kind: ${name}}, condition: s}\n`;
  return `${['a', 'b', 'c'].map(base).join('---\n')}---\ntitle: C\nname: outer\ncorrelation: ${correlation}\n${more}`;
}

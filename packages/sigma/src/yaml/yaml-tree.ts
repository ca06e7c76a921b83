import type { DiagnosticCode } from '../diagnostics/diagnostic';
import { EVENT_ID, getScalarValue, SCALAR_STYLE } from 'js-yaml';
import type { Event, MappingEvent, ScalarEvent, SequenceEvent } from 'js-yaml';

/** Where a node stands, and its children by key or index. */
export interface Node {
  offset: number;
  /** Where a scalar without quotes ends. */
  plainEnd?: number;
  children?: Map<string, { keyOffset: number; node: Node }>;
}

export interface Problem {
  offset: number;
  code: DiagnosticCode;
  message: string;
  hint: string;
}

/** One document of an event stream, with what is refused in it. */
export interface YamlTree {
  root: Node;
  events: Event[];
  problems: Problem[];
  /** False when a value cannot be constructed faithfully: aliases, tags, merge or complex keys, nothing at all. */
  usable: boolean;
}

/** Splits an event stream into documents and indexes where each node stands. Offsets are those of `text`. */
export function buildTree(events: Event[], text: string): YamlTree[] {
  const trees: YamlTree[] = [];
  for (let i = 0; i < events.length; i++) {
    const builder = new Builder(events, text, i);
    trees.push(builder.document());
    i = builder.cursor - 1;
  }
  return trees;
}

class Builder {
  private readonly problems: Problem[] = [];
  /** By code: the first of a kind in a document, with how many more there are, since an alias bomb has thousands. */
  private readonly refused = new Map<string, Problem & { more: number }>();
  private usable = true;
  /** The end of what has been read, for nodes that have no text of their own. */
  private last = 0;

  constructor(
    private readonly events: Event[],
    private readonly text: string,
    public cursor: number,
  ) {}

  document(): YamlTree {
    const first = this.cursor++;
    const root = this.node();
    this.cursor++; // The event that closes the document.
    const problems = [...this.problems, ...[...this.refused.values()].map(told)].sort((a, b) => a.offset - b.offset);
    return { root, events: this.events.slice(first, this.cursor), problems, usable: this.usable };
  }

  private node(): Node {
    const event = this.events[this.cursor++]!;
    switch (event.type) {
      case EVENT_ID.SCALAR:
        return this.scalar(event);
      case EVENT_ID.SEQUENCE:
        return this.sequence(event);
      case EVENT_ID.MAPPING:
        return this.mapping(event);
      case EVENT_ID.ALIAS:
        this.last = event.anchorEnd;
        this.refuse(
          event.anchorStart - 1,
          'alias',
          `alias *${short(this.text.slice(event.anchorStart, event.anchorEnd))}`,
          'write the value out',
        );
        return { offset: event.anchorStart - 1 };
      case EVENT_ID.DOCUMENT:
      case EVENT_ID.POP:
        throw new Error(`unexpected YAML event ${event.type}`);
    }
  }

  private scalar(event: ScalarEvent): Node {
    this.properties(event);
    if (event.valueStart < 0) return { offset: this.last };
    this.last = event.valueEnd;
    const quoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
    if (quoted) return { offset: event.valueStart - 1 };
    return {
      offset: event.valueStart,
      ...(event.style === SCALAR_STYLE.PLAIN ? { plainEnd: event.valueEnd } : {}),
    };
  }

  private sequence(event: SequenceEvent): Node {
    this.properties(event);
    this.last = event.start;
    const children: Node['children'] = new Map();
    for (let i = 0; !this.closes(); i++) {
      const node = this.node();
      children.set(String(i), { keyOffset: node.offset, node });
    }
    return { offset: event.start, children };
  }

  private mapping(event: MappingEvent): Node {
    this.properties(event);
    this.last = event.start;
    const children: Node['children'] = new Map();
    while (!this.closes()) {
      const keyEvent = this.events[this.cursor]!;
      const key = this.node();
      const name = keyEvent.type === EVENT_ID.SCALAR ? this.keyText(keyEvent) : null;
      if (name === null) {
        this.refuse(key.offset, 'complex-key', 'a map or list as a key', 'use a plain text key');
      } else if (name === '<<' && (keyEvent as ScalarEvent).style === SCALAR_STYLE.PLAIN) {
        this.refuse(key.offset, 'merge-key', 'merge key <<', 'write the merged keys out');
      } else if (children.has(name)) {
        const message = `duplicate key '${short(name)}'`;
        this.problems.push({ offset: key.offset, code: 'duplicate-key', message, hint: 'keep one of the two' });
      }
      const node = this.node();
      children.set(name ?? `\u0000${this.cursor}`, { keyOffset: key.offset, node });
    }
    return { offset: event.start, children };
  }

  private keyText(event: ScalarEvent): string {
    return event.valueStart < 0 ? '' : getScalarValue(this.text, event);
  }

  /** Steps over the event that closes a list or map, if it is next. */
  private closes(): boolean {
    if (this.events[this.cursor]!.type !== EVENT_ID.POP) return false;
    this.cursor++;
    return true;
  }

  private properties(event: ScalarEvent | SequenceEvent | MappingEvent): void {
    if (event.anchorStart >= 0) {
      const name = this.text.slice(event.anchorStart, event.anchorEnd);
      this.refuse(
        event.anchorStart - 1,
        'anchor',
        `anchor &${short(name)}`,
        'remove it, and write the value out where it is used',
      );
    }
    if (event.tagStart >= 0) {
      const tag = this.text.slice(event.tagStart, event.tagEnd);
      this.refuse(event.tagStart, 'yaml-tag', `tag ${short(tag)}`, 'remove the tag; use quotes to make a value text');
    }
  }

  private refuse(offset: number, code: DiagnosticCode, what: string, hint: string): void {
    this.usable = false;
    const first = this.refused.get(code);
    if (first) first.more++;
    else this.refused.set(code, { offset, code, message: `${what} is not allowed in content files`, hint, more: 0 });
  }
}

/** A name in a message. */
function short(name: string): string {
  return name.length > 60 ? `${name.slice(0, 60)}…` : name;
}

/** The first of a kind, with how many more there are. */
function told({ more, ...problem }: Problem & { more: number }): Problem {
  return more === 0 ? problem : { ...problem, message: `${problem.message} (${more} more in this document)` };
}

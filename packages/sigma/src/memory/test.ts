import { fieldReader, holdsScalar, presenceTest, textsOf, type Event } from '../values/event';
import { boundOf, numberOf, textOf } from '../values/scalar';
import { networkTest, parseAddress } from '../rules/network';
import type { Test } from '../rules/plan';
import { compileRegex } from '../rules/regex';
import { foldCase } from '../values/fold';
import { compileGlob, type TextTest } from './glob';
import { relatedTo } from './related';
import { compare, timePartOf } from './values';

export type EventTest = (event: Event) => boolean;

/** Compiles one test. A test on a field holds when any of the field's values satisfies it. */
export function compileTest(test: Test): EventTest {
  switch (test.kind) {
    case 'pattern':
      return anyText(test.field, compilePattern(test));
    case 'regex': {
      const regex = compileRegex(test);
      return anyText(test.field, (text) => regex.test(text));
    }
    case 'exists': {
      const isPresent = presenceTest(test.field);
      return test.present ? isPresent : (event) => !isPresent(event);
    }
    case 'null': {
      const read = fieldReader(test.field);
      return (event) => !read(event).some(holdsScalar);
    }
    case 'number': {
      const { op, value } = test;
      if (op !== 'eq') {
        const bound = boundOf(value);
        return anyValue(test.field, (each) => holds(numberOf(each), (number) => compare(op, number, bound)));
      }
      const text = String(value);
      return anyValue(test.field, (each) => each === value || textOf(each) === text);
    }
    case 'boolean': {
      const text = String(test.value);
      return anyValue(
        test.field,
        (each) => each === test.value || (typeof each === 'string' && foldCase(each) === text),
      );
    }
    case 'cidr': {
      const inside = networkTest(test.network);
      return anyValue(test.field, (each) => typeof each === 'string' && holds(parseAddress(each), inside));
    }
    case 'time': {
      const { op, part, value } = test;
      return anyValue(test.field, (each) => holds(timePartOf(each, part), (number) => compare(op, number, value)));
    }
    case 'ref':
      return compileReference(test);
  }
}

function compilePattern({ parts, cased }: Extract<Test, { kind: 'pattern' }>): TextTest {
  if (cased) return compileGlob(parts);
  const matches = compileGlob(parts.map((part) => (typeof part === 'string' ? foldCase(part) : part)));
  return (text) => matches(foldCase(text));
}

/** A keyword looks at every value of the event; numbers and booleans count as their text. */
function anyText(field: string | null, matches: TextTest): EventTest {
  if (field !== null) return anyValue(field, (value) => holds(textOf(value), matches));
  return (event) => textsIn(event).some(matches);
}

/** The texts of the event that was asked about last, since a rule with one keyword mostly has many. */
let lastAsked: { event: Event; texts: string[] } | null = null;

function textsIn(event: Event): string[] {
  if (lastAsked?.event !== event) lastAsked = { event, texts: textsOf(event) };
  return lastAsked.texts;
}

function anyValue(field: string, matches: (value: unknown) => boolean): EventTest {
  const read = fieldReader(field);
  return (event) => {
    for (const value of read(event)) if (matches(value)) return true;
    return false;
  };
}

/** Any value of the one field against any value of the other; what has no text equals nothing. */
function compileReference({ field, other, match, cased }: Extract<Test, { kind: 'ref' }>): EventTest {
  const left = fieldReader(field);
  const right = fieldReader(other);
  const texts = (values: unknown[]) =>
    values.flatMap((value) => {
      const text = textOf(value);
      return text === null ? [] : [cased ? text : foldCase(text)];
    });
  return (event) => {
    const others = texts(right(event));
    return others.length > 0 && texts(left(event)).some(relatedTo(others, match));
  };
}

function holds<T>(value: T | null, test: (value: T) => boolean): boolean {
  return value !== null && test(value);
}

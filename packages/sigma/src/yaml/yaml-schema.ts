import {
  boolCoreTag,
  CORE_SCHEMA,
  defineScalarTag,
  floatCoreTag,
  intCoreTag,
  NOT_RESOLVED,
  nullCoreTag,
} from 'js-yaml';
import { integerOf } from '../values/scalar';

/** The core schema's integers, each with all its digits: one that no double keeps is a bigint. */
const integerTag = defineScalarTag(intCoreTag.tagName, {
  implicit: true,
  ...(intCoreTag.implicitFirstChars === null ? {} : { implicitFirstChars: intCoreTag.implicitFirstChars }),
  identify: intCoreTag.identify,
  resolve: (source, isExplicit, tagName) => {
    const value: unknown = intCoreTag.resolve(source, isExplicit, tagName);
    if (value === NOT_RESOLVED || Number.isSafeInteger(value)) return value;
    const exact = BigInt(source.replace(/^[-+]/, ''));
    return integerOf(String(source.startsWith('-') ? -exact : exact));
  },
});

/** What the plain scalars of content files mean: YAML's core schema, in which dates and times are strings, with exact integers. */
export const SCHEMA = CORE_SCHEMA.withTags(integerTag);

/** The tags of scalars that are no strings, in the order in which they are tried. */
export const SCALAR_TAGS = [nullCoreTag, boolCoreTag, integerTag, floatCoreTag];

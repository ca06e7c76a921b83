import type { Contract } from '../../telemetry/contract';
import type { Dialect } from './dialect';
import { typedText } from './places';

/** What a contract's time, given as the name of a column of texts, is in epoch milliseconds; null where it is not in the contract's format. */
export function instant(dialect: Dialect, format: Contract['time']['format'], text: string): string {
  const time = dialect.timeOf(text);
  const at = (place: string) => `substr(${text}, ${place}, 1)`;
  switch (format) {
    case 'epoch_millis': {
      const value = typedText(dialect, text, 'long');
      return `CASE WHEN ${value} BETWEEN 315532800000 AND 4102444799999 THEN ${value} END`;
    }
    case 'sns':
      return `CASE WHEN length(${text}) = 23 AND ${at('11')} = ' ' AND ${at('20')} = '.' THEN ${time} END`;
    case 'iso8601': {
      // Of what is a time: a T before the clock, and a Z or an offset behind it.
      const clock = `${at('11')} IN ('T', 't') OR ${at('9')} IN ('T', 't')`;
      const sign = (before: number) => `(length(${text}) > 13 AND ${at(`length(${text}) - ${before}`)} IN ('+', '-'))`;
      const offset = `${at(`length(${text})`)} IN ('Z', 'z') OR ${sign(2)} OR ${sign(4)} OR ${sign(5)}`;
      return `CASE WHEN (${clock}) AND (${offset}) THEN ${time} END`;
    }
  }
}

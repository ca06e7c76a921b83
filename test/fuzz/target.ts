import type fc from 'fast-check';

/** One parser under attack: what it is fed, and what must hold of whatever it does with it. */
export interface Target {
  name: string;
  /** Hostile bytes: mutations of valid input and noise. */
  input: fc.Arbitrary<Buffer>;
  /** Throws where a property does not hold. To hang or to exhaust memory is seen from outside (`guard.ts`). */
  check(input: Buffer): void;
}

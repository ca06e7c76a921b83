import type { Repository } from '../sql/detectors';
import { subjectOf } from '../sql/engines';
import { elasticProver } from './elastic';
import type { Prover } from './prover';
import { sqlProver } from './sql';

/** What runs a target's export. Throws a `RangeError` where nothing here does. */
export function proverOf(target: string, repository: Repository): Prover {
  return target === 'elastic' ? elasticProver(repository) : sqlProver(subjectOf(target), repository);
}

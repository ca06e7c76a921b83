import type { Contract } from '../../telemetry/contract';
import type { Shape } from '../../telemetry/shape';
import { snake } from '../plan/names';
import type { WholeContent } from '../target';

/** Where a source's records are: in files with one record a line, as the vendor delivers it, or as a shape says. */
export interface SourceForm {
  contract: Contract;
  /** Of a platform that Athena reads; none where the files have the records themselves. */
  shape: Shape | undefined;
  /** Of its table among the sources' own, its statement and its template. */
  name: string;
}

/** The platforms that Athena reads. */
const PLATFORMS: readonly string[] = ['athena', 'security-lake'];

/** Every form in which Athena can read a source, in the order of the sources. */
export function formsOf({ contracts, shapes }: WholeContent): SourceForm[] {
  const sources = [...contracts.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return sources.flatMap((contract) => {
    const known = PLATFORMS.flatMap((platform) =>
      shapes.filter((shape) => shape.platform === platform && shape.id === contract.id),
    );
    return [undefined, ...known].map((shape) => ({ contract, shape, name: formName(contract, shape) }));
  });
}

function formName({ id }: Contract, shape: Shape | undefined): string {
  return `${shape === undefined ? 'lines' : snake(shape.platform)}__${snake(id)}`;
}

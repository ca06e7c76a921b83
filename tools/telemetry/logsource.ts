import type { Contract } from './contract';

const PARTS = ['category', 'product', 'service'] as const;

/** The contract whose log source a rule names: all three parts are equal, or absent on both sides. */
export function contractFor(logsource: Contract['logsource'], contracts: Iterable<Contract>): Contract | undefined {
  for (const contract of contracts) {
    if (PARTS.every((part) => logsource[part] === contract.logsource[part])) return contract;
  }
  return undefined;
}

/** A log source on one line, such as `product: twilio, service: messaging`. */
export function logsourceText(logsource: Contract['logsource']): string {
  return PARTS.flatMap((part) => (logsource[part] === undefined ? [] : [`${part}: ${logsource[part]}`])).join(', ');
}

/** Whether a rule on a log source is also one on a contract's: each part that the rule names is the contract's. */
export function appliesTo(logsource: Contract['logsource'], contract: Contract): boolean {
  return PARTS.every((part) => logsource[part] === undefined || logsource[part] === contract.logsource[part]);
}

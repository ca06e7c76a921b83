import type { Content } from '../../../tools/command/check/content';
import { content, rule } from './content';

const QUERY = `title: A shop's blocks that fail
id: 5d0fd4b5-6f1a-4f1c-9c0a-0d6f1d1f0b03
status: test
level: low
description: Finds blocks of numbers to which a shop's messages fail, of which pumping leaves many.
references: [https://attack.mitre.org/techniques/T1496/003/]
tags: [attack.t1496.003]
source: shop.sms
scope: {asset: shop, identity: null}
window: {default: 1h, max: 1d}
parameters: {}
detection: {failed: {state: failed}, condition: failed}
group-by: [shop]
measures: {messages: {count: failed}}
having: messages >= 20
pivot: {before: 'shop: {shop}', after: 'shop: {shop}'}
falsepositives: ['outage: many messages fail']
tollgate: {shows: [conversion], acts: [ACTS], catches: [pumping], budget: {max: 1, per: day, bound: upper95, world: worst}}
`;

/** A rule and a query that name these acts. */
export function naming(...acts: string[]): Content {
  const tollgate = `{response: Look at the blocks that failed., acts: [${acts.join(', ')}]}`;
  return content({ rules: rule({ tollgate }), queries: QUERY.replace('ACTS', acts.join(', ')) });
}

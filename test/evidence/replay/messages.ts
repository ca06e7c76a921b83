import type { Message } from '../../../tools/simulate/types';

/** An ordinary message of a cent that one source records and whose code nobody enters, unless told otherwise. */
export const messageOf = (more: Partial<Message> = {}): Message => ({
  label: { kind: 'benign', occurrence: 0 },
  time: 0,
  usd: 0.01,
  country: 'GB',
  block: '+44790000',
  usedAt: null,
  sources: ['shop.log'],
  ...more,
});

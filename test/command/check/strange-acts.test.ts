import { expect } from 'chai';
import { strangeActs } from '../../../tools/command/check/strange-acts';
import { naming } from './naming';

describe('acts on a platform that nobody need have', () => {
  const strange = (act: string, ...worlds: string[][]): string[] =>
    strangeActs(
      naming(act),
      worlds.map((sources) => ({ sources })),
    ).map(({ line, code, message, hint }) => `${line} ${code}: ${message} | ${hint}`);

  it('may be on the own platform, on one that a world runs beside it, and in the product itself', () => {
    for (const act of ['shop.block-range', 'courier.block-range', 'application.refuse-range'])
      expect(strange(act, ['other.log'], ['shop.sms', 'courier.calls'])).to.deep.equal([]);
  });

  it('are refused in rules and queries where no world has both', () => {
    const message =
      "strange-act: 'courier.block-range' is an act on courier, which a site that has a log of shop need not use | name acts on application, shop; or add a world that runs both";
    expect(strange('courier.block-range', ['shop.sms'], ['courier.calls'])).to.deep.equal([
      `14 ${message}`,
      `18 ${message}`,
    ]);
  });

  it('are not looked for where there is no world, nor where the act is unknown anyway', () => {
    expect(strange('courier.block-range')).to.deep.equal([]);
    expect(strange('courier.unknown', ['shop.sms'])).to.deep.equal([]);
  });
});

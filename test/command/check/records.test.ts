import { expect } from 'chai';
import { recordValidator } from '../../../tools/command/check/records';
import { SHOP } from './content';

describe('the records of a contract', () => {
  it('are those with its fields in their types, as its example is', () => {
    const validate = recordValidator(SHOP);
    expect(validate(SHOP.example)).to.equal(true);
    expect(validate({ ...SHOP.example, price: 'dear' })).to.equal(false);
    expect(validate({ ...SHOP.example, other: 'x' })).to.equal(false);
  });

  it('are compiled once', () => {
    expect(recordValidator(SHOP)).to.equal(recordValidator(SHOP));
  });
});

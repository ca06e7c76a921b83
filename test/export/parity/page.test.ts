import { expect } from 'chai';
import { repository } from '../sql/detectors';
import { page, readPage } from './page';

describe('the page of parity', () => {
  it('is what the committed results and the pages of the exports make it (npm run parity writes it)', () => {
    expect(readPage()).to.equal(page(repository()));
  });
});

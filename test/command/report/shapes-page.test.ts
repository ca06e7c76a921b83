import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { requestsOf, shapeUses } from '../../../tools/command/report/shape-use';
import { shapesPage } from '../../../tools/command/report/shapes-page';
import { loadShapes } from '../../../tools/telemetry/shape-load';
import { repositoryContracts } from '../../telemetry/contracts';

const ROOT = join(__dirname, '../../..');

describe('the page of the shapes', () => {
  const contracts = repositoryContracts();
  const { shapes } = loadShapes(join(ROOT, 'schemas', 'shapes'), contracts);
  const requests = requestsOf(ROOT, contracts);
  const usesOf = (id: string) => {
    const uses = shapeUses(
      shapes.find((shape) => shape.platform === 'elastic' && shape.id === id)!,
      contracts.get(id)!,
      requests,
      ROOT,
    );
    return new Map(uses.map((use) => [use.path.replace(/.*\/|\.yml$/g, ''), use]));
  };

  it('is current; run `npm run sources` where this fails', () => {
    expect(shapesPage(shapes, contracts, requests, ROOT)).to.equal(
      readFileSync(join(ROOT, 'docs', 'shapes.md'), 'utf8'),
    );
  });

  it('lists the shapes of every platform', () => {
    const page = shapesPage(shapes, contracts, requests, ROOT);
    for (const { index } of shapes) expect(page).to.include(`\`${index}\``);
  });

  it('says which fields of the cluster a rule depends on', () => {
    const uses = usesOf('aws.waf');
    expect(uses.get('waf_acfp_volumetric')!.usual).to.deep.equal(['aws.waf.labels.name']);
    // Another query asks the same of the cluster, and the fingerprint beside.
    expect(uses.get('waf_unused')!.usual).to.deep.equal([]);
    expect(uses.get('waf_new_client_country')!.differs.map(({ field }) => field)).to.deep.equal([
      'httpRequest.country',
    ]);
  });

  it('says how a rule is run', () => {
    const uses = usesOf('auth0.tenant');
    expect(uses.get('auth0_protection_off')!.looksAgain).to.equal(true);
    expect(uses.get('auth0_client_many_numbers')!.narrowedBy).to.deep.equal(['asset.id', 'ip']);
    expect(usesOf('okta.system').get('okta_block_rush')!.narrowedBy).to.deep.equal([]);
  });
});

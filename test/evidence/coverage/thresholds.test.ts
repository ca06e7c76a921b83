import { expect } from 'chai';
import { findLayout } from '../../../tools/command/check/layout';
import { loadContent } from '../../../tools/command/check/load';
import { holdingOf, limitsOf } from '../../../tools/evidence/coverage/thresholds';
import { detector } from './sample';

describe('the thresholds of rules and queries', () => {
  const { content } = loadContent(findLayout([]), { datasets: false });
  const limits = limitsOf(content.sigma, content.hunts);
  const of = (path: string) => {
    const all = [...content.sigma, ...content.hunts].filter(({ file }) => file === path);
    return limits.get(all.find((one) => !('kind' in one) || one.kind === 'correlation' || all.length === 1)!.id)!;
  };

  it('are a formula, fixed numbers or none, as the content says', () => {
    expect(of('rules/application/otp_block_burst.yml').threshold).to.deep.equal({
      kind: 'fixed',
      numbers: [
        { name: 'destination.number', value: '≥ 40' },
        { name: 'within', value: '10m' },
      ],
    });
    expect(of('queries/application/otp_country_volume.yml').threshold).to.deep.equal({ kind: 'formula' });
    // A call deep in `having`.
    expect(of('queries/auth0/auth0_block_rush.yml').threshold).to.deep.equal({ kind: 'formula' });
    expect(of('queries/aws/sms_voice_new_sender.yml').threshold).to.deep.equal({
      kind: 'fixed',
      numbers: [{ name: 'min_numbers', value: '25' }],
    });
    expect(of('queries/aws/sms_settings_new_address.yml').threshold).to.deep.equal({ kind: 'none' });
    expect(of('rules/twilio/twilio_geo_permission_opened.yml').threshold).to.deep.equal({ kind: 'none' });
    expect(of('rules/aws/sms_settings_recon_then_change.yml').threshold).to.deep.equal({ kind: 'none' });
    expect(of('rules/application/otp_block_burst.yml').budget!.per).to.equal('day_or_100k_sends');
  });

  it('hold up to the largest world before the first that goes beyond the budget', () => {
    const sends = new Map([
      ['small', 50],
      ['middle', 1000],
      ['middle-too', 1000],
      ['large', 300_000],
    ]);
    const budget = { max: 0.5, per: 'day_or_100k_sends', bound: 'upper95', world: 'worst' } as const;
    const world = (name: string, episodes: number, sent: number) => {
      const [one] = detector('a', [], {}, { world: name, episodes }).worlds;
      return { ...one!, days: 4, sends: sent };
    };
    const holding = (...worlds: ReturnType<typeof world>[]): string[] => {
      const { upTo, beyond } = holdingOf({ ...detector('a', [], {}), worlds }, budget, sends);
      return [upTo?.world ?? '–', beyond?.world ?? '–'];
    };
    const large = world('large', 6, 1_200_000);
    expect(holding(large, world('small', 2, 200), world('middle', 2, 4000))).to.deep.equal(['large', '–']);
    expect(holding(large, world('small', 2, 200), world('middle', 3, 4000))).to.deep.equal(['small', 'middle']);
    expect(holding(world('middle', 0, 4000), world('middle-too', 3, 4000))).to.deep.equal(['–', 'middle-too']);
    expect(holding(world('large', 7, 1_200_000), world('middle', 0, 4000))).to.deep.equal(['middle', 'large']);
    expect(holding(world('unknown', 0, 10))).to.deep.equal(['–', '–']);
  });
});

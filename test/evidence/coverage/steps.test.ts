import { expect } from 'chai';
import { choiceOf } from '../../../tools/evidence/coverage/steps';
import { detector, measured } from './sample';

const STACK = { name: 'a', title: 'A', sources: ['web', 'idp', 'sms'], further: ['waf', 'otp'], worlds: ['shop'] };

const PACK = {
  burst: { caught: 2, of: 2, cost: 100, lost: 10 },
  drip: { caught: 2, of: 2, cost: 50, lost: 20 },
  key: { caught: 1, of: 2, cost: 40, lost: 30 },
  quiet: { caught: 0, of: 2, cost: 60, lost: 60 },
};

const DETECTORS = [
  detector('web-some', ['web'], { burst: [1, 2], drip: [0, 2], key: 'blind' }),
  detector('sms-burst', ['sms'], { burst: [2, 2], drip: [1, 2], key: 'blind', quiet: [0, 2] }),
  detector('sms-noisy', ['sms'], { burst: [2, 2], drip: [1, 2], key: 'blind' }, { episodes: 5 }),
  detector('sms-drip', ['sms'], { burst: [0, 2], drip: [2, 2], key: 'blind' }, { episodes: 1 }),
  detector('idp-key', ['idp'], { key: [1, 2] }),
  detector('both', ['idp', 'web'], { key: [1, 2], burst: [1, 2] }),
  detector('low', ['web'], { burst: [2, 2], drip: [2, 2], quiet: [2, 2] }, { level: 'low' }),
  detector('waf', ['waf'], { quiet: [1, 2] }),
  detector('otp', ['otp'], { quiet: [2, 2], key: [1, 2] }),
  detector('gone', ['web'], { quiet: [2, 2] }),
  detector('elsewhere', ['web'], { burst: [2, 2], quiet: [2, 2] }, { world: 'bank' }),
];
const IDS = new Set(DETECTORS.map(({ id }) => id).filter((id) => id !== 'gone'));

describe('the choice of a stack', () => {
  const choice = choiceOf(STACK, { own: measured(PACK, DETECTORS), independent: null }, IDS);

  it('collects first what adds most, and names what adds it, the quieter one first', () => {
    expect(choice.steps.map(({ source }) => source)).to.deep.equal(['sms', 'idp', 'web']);
    const [sms, idp, web] = choice.steps.map(({ detectors, others }) => [
      detectors.map((one) => `${one.detector.id} +${one.adds}`).join(', '),
      others,
    ]);
    expect(sms).to.deep.equal(['sms-burst +3, sms-drip +1', 1]);
    expect(idp).to.deep.equal(['idp-key +1', 0]);
    // What reads two logs comes with the second; what is low, and what is no more, never.
    expect(web).to.deep.equal(['', 3]);
    expect(choice.detectors.map(({ id }) => id)).to.not.include.members(['low']);
  });

  it('counts what all of it catches, and the money that was left at the first alert', () => {
    const [sms, idp] = choice.steps.map(({ reach }) => reach);
    expect(sms).to.deep.equal({ present: 8, caught: 4, open: 0, cost: 250, saved: 120 });
    expect(idp).to.deep.equal({ present: 8, caught: 5, open: 0, cost: 250, saved: 130 });
  });

  it('takes the first source of the stack where they add the same', () => {
    const same = ['idp', 'web', 'sms'].map((source) => detector(source, [source], { burst: [2, 2] }));
    const ids = new Set(['idp', 'web', 'sms']);
    const { steps } = choiceOf(STACK, { own: measured(PACK, same), independent: null }, ids);
    expect(steps.map(({ source }) => source)).to.deep.equal(['web', 'idp', 'sms']);
  });

  it('says of how many campaigns the counts leave open whether they were caught', () => {
    const halves = [detector('a', ['web'], { burst: [1, 2] }), detector('b', ['web'], { burst: [1, 2] })];
    const { steps } = choiceOf(STACK, { own: measured(PACK, halves), independent: null }, new Set(['a', 'b']));
    expect(steps[0]!.reach).to.include({ caught: 1, open: 1 });
  });

  it('has no more incidents than all detectors of the world make, and none where its own raised nothing', () => {
    const incidents = choice.steps.map((step) => step.incidents[0]!);
    // Six episodes, but three incidents; of 26 launches a year each makes one, which is half a week's.
    expect(incidents[0]).to.deep.equal({ world: 'shop', days: 14, ordinary: 3, special: 0.5 });
    const quiet = choiceOf({ ...STACK, sources: ['idp'] }, { own: measured(PACK, DETECTORS), independent: null }, IDS);
    expect(quiet.steps[0]!.incidents[0]).to.include({ ordinary: 0, special: 0 });
  });

  it('names what it does not catch, and the log that would catch a larger part of it', () => {
    expect(choice.gaps).to.deep.equal([
      { scenario: 'key', caught: 1, present: 2, blind: 0, opener: null },
      { scenario: 'quiet', caught: 0, present: 2, blind: 0, opener: { source: 'otp', caught: 2, present: 2 } },
    ]);
    const blind = choiceOf({ ...STACK, sources: ['sms'] }, { own: measured(PACK, DETECTORS), independent: null }, IDS);
    expect(blind.gaps[0]).to.deep.include({ scenario: 'key', caught: 0, blind: 2 });
    expect(blind.gaps[0]!.opener).to.deep.equal({ source: 'otp', caught: 1, present: 2 });
  });

  it('counts campaigns that were written apart beside, and lets them choose nothing', () => {
    const independent = measured({ burst: PACK.burst }, [detector('idp-key', ['idp'], { burst: [2, 2] })]);
    const { steps, apartGaps } = choiceOf(STACK, { own: measured(PACK, DETECTORS), independent }, IDS);
    expect(steps.map(({ source, apart }) => `${source} ${apart!.caught} of ${apart!.present}`)).to.deep.equal([
      'sms 0 of 2',
      'idp 2 of 2',
      'web 2 of 2',
    ]);
    expect(apartGaps).to.deep.equal([]);
    const elsewhere = { ...independent, pack: [] };
    const none = choiceOf(STACK, { own: measured(PACK, DETECTORS), independent: elsewhere }, IDS);
    expect(none.steps[0]!.apart).to.equal(null);
  });
});

import { expect } from 'chai';
import { choiceOf } from '../../../tools/evidence/coverage/steps';
import type { Limit } from '../../../tools/evidence/coverage/thresholds';
import { choosePage } from '../../../tools/command/report/choose';
import { detector, measured } from '../../evidence/coverage/sample';

const STACK = { name: 'mine', title: 'Mine | <b>', sources: ['web', 'sms'], further: ['otp'], worlds: ['shop'] };
const DETECTORS = [
  detector('web', ['web'], { burst: [2, 2], key: 'blind' }),
  detector('sms', ['sms'], { burst: [0, 2], key: 'blind' }, { episodes: 1 }),
  detector('otp', ['otp'], { key: [2, 2] }),
];
const LIMITS = new Map<string, Limit>([
  ['web', { threshold: { kind: 'formula' }, budget: undefined }],
  ['otp', { threshold: { kind: 'none' }, budget: undefined }],
  [
    'sms',
    {
      threshold: { kind: 'fixed', numbers: [{ name: 'events', value: '≥ 40' }] },
      budget: { max: 1, per: 'day', bound: 'upper95', world: 'worst' },
    },
  ],
]);

describe('the page of stacks', () => {
  const own = measured(
    { burst: { caught: 2, of: 2, cost: 100, lost: 10 }, key: { caught: 2, of: 2, cost: 100, lost: 10 } },
    DETECTORS,
  );
  const independent = measured({ burst: { caught: 0, of: 2, cost: 9, lost: 9 } }, []);
  const page = choosePage([choiceOf(STACK, { own, independent }, new Set(LIMITS.keys()))], {
    titles: new Map([['web', 'Web log']]),
    sends: new Map([['shop', 1500]]),
    limits: LIMITS,
    detectors: DETECTORS,
  });

  it('has a row a stack that leads to its section, with both figures', () => {
    expect(page).to.include('| [Mine \\| \\<b\\>](#mine) | 2 | 2 of 4 (50 %) | 0 of 2 (0 %) | 45 % | 0.75 | 1,500 |');
    expect(page).to.include('<a id="mine"></a>\n\n## Mine \\| \\<b\\>\n');
  });

  it('has a row a log, with what to deploy and what it adds', () => {
    expect(page).to.include(
      '| 1 | [Web log](sources/web.md) | [Rule web](../rules/web.yml) +50 % | 2 of 4 (50 %) | 0 of 2 (0 %) | 45 % | 0 |',
    );
    expect(page).to.include(
      '| 2 | [sms](sources/sms.md) | 1 that adds none | 2 of 4 (50 %), +0 | 0 of 2 (0 %), +0 | 45 % | 0.75 |',
    );
  });

  it('says what stays unseen and what would open it, and how the thresholds go with volume', () => {
    expect(page).to.include(
      '- **Not caught**: `key` 0 of 2, not shown by these logs, [otp](sources/otp.md) catches 2 of 2.\n',
    );
    expect(page).to.include('1 in 14 days of shop');
    expect(page).to.include('of 2 rules and queries, 1 derive their limit from your own traffic, 1 compare with');
    expect(page).to.include('| [Rule sms](../rules/sms.yml) | events ≥ 40 | 1,500 | 50 % |');
    expect(page).to.include('Of 3 rules and queries, 1 derive');
  });
});

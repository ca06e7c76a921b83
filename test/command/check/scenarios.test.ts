import { expect } from 'chai';
import { scenariosCheck } from '../../../tools/command/check/scenarios';
import { content, findings, rule } from './content';

describe('the check of scenarios', () => {
  it('wants malicious scenarios promised and benign ones confused', () => {
    expect(findings(scenariosCheck, content({ rules: rule().replace('[pumping]', '[pumpin]') }))).to.deep.equal([
      "14:118 unknown-scenario: there is no malicious scenario 'pumpin' | did you mean 'pumping'?",
    ]);
    expect(findings(scenariosCheck, content({ rules: rule().replace('[pumping]', '[outage]') })).join()).to.contain(
      "scenario 'outage' is not malicious",
    );
    expect(findings(scenariosCheck, content({ rules: rule({ falsepositives: '["outrage: x"]' }) })).join()).to.contain(
      "12:18 unknown-scenario: there is no benign scenario 'outrage' | did you mean 'outage'?",
    );
  });
});

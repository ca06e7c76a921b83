import { didYouMean } from '@tollgate/sigma/diagnostics/suggest';
import { Reporter } from '@tollgate/sigma/rules/reporter';
import { mapAt, textsAt, type Check, type ScenarioName } from './content';

export const scenariosCheck: Check = {
  name: 'scenarios',
  what: 'What a rule or query promises to catch is a malicious scenario, and what it may confuse with that a benign one.',
  run: ({ rules, queries, scenarios }) =>
    [...rules, ...queries].flatMap((document) => {
      const reporter = new Reporter(document);
      for (const { text, index } of textsAt(mapAt(document.value, 'tollgate'), 'catches')) {
        refer(text, 'malicious', scenarios, ['tollgate', 'catches', index], reporter);
      }
      for (const { text, index } of textsAt(document.value, 'falsepositives')) {
        const [, name] = /^([a-z0-9][a-z0-9-]*): /.exec(text) ?? [];
        if (name !== undefined) refer(name, 'benign', scenarios, ['falsepositives', index], reporter);
      }
      return reporter.diagnostics;
    }),
};

function refer(
  name: string,
  kind: ScenarioName['kind'],
  scenarios: ScenarioName[],
  path: (string | number)[],
  reporter: Reporter,
): void {
  if (scenarios.some((scenario) => scenario.name === name && scenario.kind === kind)) return;
  const wrongKind = scenarios.some((scenario) => scenario.name === name);
  const known = scenarios.filter((scenario) => scenario.kind === kind).map((scenario) => scenario.name);
  const message = wrongKind ? `scenario '${name}' is not ${kind}` : `there is no ${kind} scenario '${name}'`;
  reporter.error('unknown-scenario', path, message, didYouMean(name, known));
}

import type { Stanza } from './conf';

/** Where Splunk's own content gets its limits from. */
const CONTENTCTL = 'https://github.com/splunk/contentctl/tree/main/contentctl/objects';

/** Limits of an alert in Enterprise Security, in characters and points. `LIMIT_PAGES` says where each stands. */
export const LIMITS = { stanzaCharacters: 99, riskScore: 100 } as const;

/** The page that a limit comes from. */
export const LIMIT_PAGES: Readonly<Record<keyof typeof LIMITS, string>> = {
  stanzaCharacters: `${CONTENTCTL}/constants.py`,
  riskScore: `${CONTENTCTL}/rba.py`,
};

/** `enums.py` in the same folder: what a finding's severity and security domain can be. */
const SEVERITIES: readonly string[] = ['informational', 'low', 'medium', 'high', 'critical'];
const DOMAINS: readonly string[] = ['access', 'audit', 'endpoint', 'identity', 'network', 'threat'];

/** Enterprise Security puts a domain before the name of a search that somebody copies, and this behind it. */
const COPIED = { before: Math.max(...DOMAINS.map(({ length }) => length)) + ' - '.length, behind: ' - Rule'.length };

/** In which ways an alert is over these limits; whole sentences, empty where it is not. */
export function beyondLimits({ name, settings }: Stanza): string[] {
  const wrong: string[] = [];
  const setting = (key: string) => String(settings[key] ?? '');
  const characters = COPIED.before + name.length + COPIED.behind;
  if (characters > LIMITS.stanzaCharacters)
    wrong.push(
      `Its name has ${name.length} characters, and a copy of it in Enterprise Security would have ${characters}, where ${LIMITS.stanzaCharacters} are allowed.`,
    );
  const severity = setting('action.notable.param.severity');
  if (!SEVERITIES.includes(severity))
    wrong.push(`Its severity is ${severity}, and a finding has ${SEVERITIES.join(', ')}.`);
  const domain = setting('action.notable.param.security_domain');
  if (!DOMAINS.includes(domain)) wrong.push(`There is no security domain ${domain}.`);
  for (const { risk_score: score } of JSON.parse(setting('action.risk.param._risk') || '[]') as {
    risk_score: number;
  }[])
    if (!(Number.isInteger(score) && score > 0 && score <= LIMITS.riskScore))
      wrong.push(`A risk object has a score of ${score}, where 1 to ${LIMITS.riskScore} are allowed.`);
  const { mitre_attack: techniques } = JSON.parse(setting('action.correlationsearch.annotations')) as {
    mitre_attack: string[];
  };
  for (const technique of techniques)
    if (!/^T\d{4}(\.\d{3})?$/.test(technique)) wrong.push(`${technique} is not the number of a technique.`);
  return wrong;
}

import { NotExportable } from './target';

/**
 * Names of the tactics and techniques that the content is tagged with (MITRE ATT&CK for Enterprise v18.1): Kibana wants
 * them spelled out, and tags have only the numbers.
 */
const TACTICS: Record<string, { id: string; name: string }> = {
  'resource-development': { id: 'TA0042', name: 'Resource Development' },
  'initial-access': { id: 'TA0001', name: 'Initial Access' },
  persistence: { id: 'TA0003', name: 'Persistence' },
  'privilege-escalation': { id: 'TA0004', name: 'Privilege Escalation' },
  'defense-evasion': { id: 'TA0005', name: 'Defense Evasion' },
  'credential-access': { id: 'TA0006', name: 'Credential Access' },
  discovery: { id: 'TA0007', name: 'Discovery' },
  impact: { id: 'TA0040', name: 'Impact' },
};

const TECHNIQUES: Record<string, { name: string; tactics: string[] }> = {
  T1078: {
    name: 'Valid Accounts',
    tactics: ['initial-access', 'persistence', 'privilege-escalation', 'defense-evasion'],
  },
  'T1078.004': {
    name: 'Cloud Accounts',
    tactics: ['initial-access', 'persistence', 'privilege-escalation', 'defense-evasion'],
  },
  T1098: { name: 'Account Manipulation', tactics: ['persistence', 'privilege-escalation'] },
  'T1098.001': { name: 'Additional Cloud Credentials', tactics: ['persistence', 'privilege-escalation'] },
  T1110: { name: 'Brute Force', tactics: ['credential-access'] },
  T1136: { name: 'Create Account', tactics: ['persistence'] },
  'T1136.003': { name: 'Cloud Account', tactics: ['persistence'] },
  T1496: { name: 'Resource Hijacking', tactics: ['impact'] },
  'T1496.003': { name: 'SMS Pumping', tactics: ['impact'] },
  T1526: { name: 'Cloud Service Discovery', tactics: ['discovery'] },
  T1562: { name: 'Impair Defenses', tactics: ['defense-evasion'] },
  'T1562.001': { name: 'Disable or Modify Tools', tactics: ['defense-evasion'] },
  'T1562.007': { name: 'Disable or Modify Cloud Firewall', tactics: ['defense-evasion'] },
  'T1562.008': { name: 'Disable or Modify Cloud Logs', tactics: ['defense-evasion'] },
};

interface Named {
  id: string;
  name: string;
  reference: string;
}

/** One tactic with its techniques, in the form of Kibana's `threat`. */
export interface Threat {
  framework: 'MITRE ATT&CK';
  tactic: Named;
  technique: (Named & { subtechnique?: Named[] })[];
}

/**
 * Turns a rule's `attack.…` tags into Kibana's form: each technique stands under those of its tactics which the rule names.
 * Throws `NotExportable` for a technique or tactic whose name is not known here.
 */
export function threats(tags: string[]): Threat[] {
  const names = tags.flatMap((tag) => /^attack\.(.+)$/.exec(tag.toLowerCase())?.[1] ?? []);
  const techniques = names.filter((name) => /^t\d{4}(\.\d{3})?$/.test(name)).map((name) => name.toUpperCase());
  const tactics = names.filter((name) => !/^[tgsm]\d{4}/.test(name)).map((name) => name.replaceAll('_', '-'));
  return tactics.map((tactic) => {
    const known = TACTICS[tactic];
    if (!known)
      throw new NotExportable(`The tag attack.${tactic} is not one of the tactics in tools/export/attack.ts.`);
    return {
      framework: 'MITRE ATT&CK',
      tactic: { ...known, reference: `https://attack.mitre.org/tactics/${known.id}/` },
      technique: nested(techniques.filter((id) => technique(id).tactics.includes(tactic))),
    };
  });
}

function nested(ids: string[]): Threat['technique'] {
  const parents = [...new Set(ids.map((id) => id.slice(0, 5)))].sort();
  return parents.map((parent) => {
    const subtechnique = ids
      .filter((id) => id.length > 5 && id.startsWith(parent))
      .sort()
      .map(named);
    return subtechnique.length > 0 ? { ...named(parent), subtechnique } : named(parent);
  });
}

function named(id: string): Named {
  return { id, name: technique(id).name, reference: `https://attack.mitre.org/techniques/${id.replace('.', '/')}/` };
}

function technique(id: string): { name: string; tactics: string[] } {
  const known = TECHNIQUES[id];
  if (!known)
    throw new NotExportable(
      `The tag attack.${id.toLowerCase()} is not one of the techniques in tools/export/attack.ts.`,
    );
  return known;
}

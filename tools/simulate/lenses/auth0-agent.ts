/** What Auth0 makes of a User-Agent header: browser and system with three numbers each, and whether it is a phone. */
export interface AgentWords {
  text: string;
  mobile: boolean;
}

/** The first that is in the header names it: each browser also claims to be those below it. */
const BROWSERS: [string, RegExp][] = [
  ['Samsung Internet', /SamsungBrowser\/([\d.]+)/],
  ['Edge', /Edg\/([\d.]+)/],
  ['Chrome Mobile', /Chrome\/([\d.]+) Mobile/],
  ['Chrome', /Chrome\/([\d.]+)/],
  ['Firefox', /Firefox\/([\d.]+)/],
  ['Mobile Safari', /Version\/([\d.]+) Mobile/],
  ['Safari', /Version\/([\d.]+)/],
];
const SYSTEMS: [string, RegExp][] = [
  ['iOS', /iPhone OS ([\d_]+)/],
  ['Android', /Android ([\d.]+)/],
  ['Windows', /Windows NT ([\d.]+)/],
  ['Mac OS X', /Mac OS X ([\d_]+)/],
  ['Linux', /Linux/],
];

const known = new Map<string, AgentWords>();

/** Auth0's words for a User-Agent header, in the form of its schema's example; what it doesn't know is Other. */
export function agentWords(header: string): AgentWords {
  let words = known.get(header);
  if (!words) {
    const text = `${named(BROWSERS, header)} / ${named(SYSTEMS, header)}`;
    known.set(header, (words = { text, mobile: /Mobile/.test(header) }));
  }
  return words;
}

function named(table: [string, RegExp][], header: string): string {
  for (const [name, pattern] of table) {
    const found = pattern.exec(header);
    if (found) return `${name} ${threeNumbers(found[1] ?? '')}`;
  }
  return 'Other 0.0.0';
}

function threeNumbers(version: string): string {
  const parts = version.split(/[._]/).filter((part) => part !== '');
  return [0, 1, 2].map((i) => parts[i] ?? '0').join('.');
}

import type { Contract } from '../../telemetry/contract';
import { conf, prose, type Stanza } from './conf';
import { lookupStanzas } from './lookups';
import { recordSteps, type Shapes } from './records';
import { indexMacro, ownSourcetype, sourceMacro } from './source';
import { text } from './spl';

/** The app's id, which is also the name of its folder. */
export const APP = 'tollgate';
const VERSION = '1.0.0';

/** Of its files, those that the detectors don't change, below the app's folder. */
export function appFiles(contracts: readonly Contract[]): Map<string, string> {
  return new Map([
    ['default/app.conf', conf(appStanzas())],
    ['default/transforms.conf', conf(lookupStanzas())],
    ['default/props.conf', conf(contracts.map(sourcetype))],
    ['default/eventtypes.conf', conf(contracts.map(eventtype))],
    ['default/tags.conf', conf(contracts.map(tag))],
    ['metadata/default.meta', '[]\naccess = read : [ * ], write : [ admin, sc_admin ]\nexport = system\n'],
  ]);
}

/** The macros of a source: where its records are, which a site sets, and the records with a field for each of the contract's. */
export function sourceMacros(contract: Contract, shapes: Shapes): Stanza[] {
  const shape = shapes.get(contract.id);
  const sourcetype = shape?.index ?? ownSourcetype(contract);
  return [
    { name: indexMacro(contract), settings: { definition: `index=* sourcetype=${text(sourcetype)}`, iseval: 0 } },
    { name: sourceMacro(contract), settings: { definition: recordSteps(contract, shapes).join('\n'), iseval: 0 } },
  ];
}

/** What a site leaves out of a search's results; nothing until it says so. */
export function filterStanza(name: string): Stanza {
  return { name, settings: { definition: 'search *', iseval: 0 } };
}

function appStanzas(): Stanza[] {
  return [
    { name: 'install', settings: { build: 1 } },
    { name: 'package', settings: { id: APP, check_for_updates: 0 } },
    { name: 'id', settings: { name: APP, version: VERSION } },
    { name: 'ui', settings: { is_visible: 1, label: 'Tollgate' } },
    {
      name: 'launcher',
      settings: {
        author: 'Tollgate',
        description: 'Detection rules and hunting queries for SMS pumping.',
        version: VERSION,
      },
    },
  ];
}

/** How records of a source's own sourcetype are cut, and where their time is. Times without a zone are UTC. */
function sourcetype(contract: Contract): Stanza {
  const { field, format } = contract.time;
  const keys = field.split('.').map((key) => `"${key}"\\s*:`);
  const formats = { iso8601: undefined, epoch_millis: '%s%3N', sns: '%Y-%m-%d %H:%M:%S.%3N' };
  const timeFormat = formats[format];
  return {
    name: ownSourcetype(contract),
    settings: {
      SHOULD_LINEMERGE: 'false',
      LINE_BREAKER: '([\\r\\n]+)',
      TRUNCATE: 999_999,
      KV_MODE: 'json',
      TIME_PREFIX: `${keys.join('.*?')}\\s*"?`,
      ...(timeFormat !== undefined && { TIME_FORMAT: timeFormat }),
      MAX_TIMESTAMP_LOOKAHEAD: 40,
      TZ: 'UTC',
      description: prose(contract.title),
      category: 'Tollgate',
    },
  };
}

function eventtype(contract: Contract): Stanza {
  return { name: sourceMacro(contract), settings: { search: `\`${indexMacro(contract)}\`` } };
}

function tag(contract: Contract): Stanza {
  return { name: `eventtype=${sourceMacro(contract)}`, settings: { tollgate: 'enabled' } };
}

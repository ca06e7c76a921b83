import type { Level } from '@tollgate/sigma/rules/model';
import type { Contract } from '../../telemetry/contract';
import type { DetectorPlan, ExportDetector } from '../plan/types';
import { slackOf } from '../plan/reach';
import { prose, type Stanza } from './conf';
import { enterpriseSecurity } from './enterprise-security';
import { before, cron } from './schedule';
import type { SplunkSearch } from './search';

/** `alert.severity`: 1 to 6 are debug, info, warn, error, severe and fatal. */
const SEVERITY: Record<Level, number> = { informational: 2, low: 3, medium: 4, high: 5, critical: 6 };

/** A search's name in Splunk, by that of its detector. */
export function savedSearchName(name: string): string {
  return `Tollgate - ${name} - Rule`;
}

/** The macro by which a site leaves results of a search out. */
export function filterMacro(name: string): string {
  return `tollgate_${name}_filter`;
}

/**
 * A detector as an alert by its schedule, switched off. A run that could not start at its turn starts later, for that turn (`realtime_schedule = 0`), since each
 * tells only what the one before did not. Settings: https://github.com/jewnix/splunk-spec-files/blob/master/savedsearches.conf.spec
 */
export function savedSearch(
  name: string,
  detector: ExportDetector,
  plan: DetectorPlan,
  contract: Contract,
  search: SplunkSearch,
): Stanza {
  const { id, title, description, level = 'medium' } = detector;
  const { frequencyMs, periodMs } = search.schedule;
  const isScheduled = plan.kind !== 'hunt' || plan.hunt.schedule !== null;
  const apart = [...search.fields.map(({ column }) => column), ...(plan.kind === 'events' ? ['started'] : [])];
  return {
    name: savedSearchName(name),
    settings: {
      description: prose(`${title}. ${description}`),
      disabled: 1,
      enableSched: isScheduled ? 1 : 0,
      cron_schedule: cron(frequencyMs, parseInt(id.slice(0, 6), 16) || 0),
      realtime_schedule: 0,
      'dispatch.earliest_time': before(periodMs),
      'dispatch.latest_time': 'now',
      counttype: 'number of events',
      relation: 'greater than',
      quantity: 0,
      'alert.track': 1,
      'alert.severity': SEVERITY[level],
      'alert.digest_mode': 0,
      'alert.suppress': 1,
      'alert.suppress.fields': (apart.length > 0 ? apart : [search.measures[0]!]).join(','),
      'alert.suppress.period': `${Math.ceil((frequencyMs + slackOf(frequencyMs)) / 1000)}s`,
      ...enterpriseSecurity(name, detector, contract, search),
      search: search.spl,
    },
  };
}

import type { Event } from '@tollgate/sigma/values/event';
import { isoTime } from '../../telemetry/time';
import type { GoogleCall } from '../change';
import type { Actor, Happening } from '../happening';
import type { Lens } from '../lens';
import { exponential } from '../math';
import { between, child, letters, unit } from '../random';

/** Cloud Audit Logs' Admin Activity of Identity Platform: who changed what in the project's configuration, and from which address. */
export const googleAudit: Lens = {
  source: 'google.audit',
  runs: ['firebase'],
  clock: 1,
  sees: (happening) => changeOf(happening) !== null,
  record(happening, world) {
    const { call, by } = changeOf(happening)!;
    const { project } = world.firebase!;
    const key = child(happening.key, 'audit entry', happening.step);
    return {
      insertId: letters(key, 'ghjkmnpqrstuvwxy', 16),
      logName: `projects/${project}/logs/cloudaudit.googleapis.com%2Factivity`,
      timestamp: isoTime(happening.time),
      receiveTimestamp: isoTime(happening.time + Math.round(between(key, 'received', 300, 1500))),
      severity: 'NOTICE',
      resource: { type: 'audited_resource', labels: { project_id: project } },
      protoPayload: {
        serviceName: 'identitytoolkit.googleapis.com',
        methodName: `google.cloud.identitytoolkit.admin.v2.ProjectConfigService.${call.call}`,
        resourceName: `projects/${project}/config`,
        authenticationInfo: { principalEmail: `${by.name}@${world.web.host}` },
        requestMetadata: { callerIp: by.address, callerSuppliedUserAgent: by.userAgent },
        authorizationInfo: [{ permission: 'firebaseauth.configs.update', granted: true }],
        ...(call.settings && { request: requestOf(call.settings) }),
      },
    };
  },
  delay: (key) => Math.round(Math.min(300_000, 3_000 + exponential(unit(key, 'logging'), 8_000))),
};

function changeOf(happening: Happening): { call: GoogleCall; by: Actor } | null {
  if (happening.kind !== 'change' || !happening.change.google) return null;
  return { call: happening.change.google, by: happening.by };
}

/** The update mask, and the configuration with the settings at their paths. */
function requestOf(settings: NonNullable<GoogleCall['settings']>): Event {
  const config: Event = {};
  for (const [path, value] of Object.entries(settings)) {
    const names = path.split('.');
    const last = names.pop()!;
    let level = config;
    for (const name of names) level = (level[name] ??= {}) as Event;
    level[last] = value;
  }
  return { updateMask: Object.keys(settings).join(','), config };
}

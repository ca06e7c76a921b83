import type { Event } from '@tollgate/sigma/values/event';
import { isMap } from '@tollgate/sigma/values/map';
import { valuesAt } from '@tollgate/sigma/values/event';

type Document = Event;

/**
 * What the ingest pipelines of Elastic's integrations make of a vendor's record: written after the pipelines in elastic/integrations
 * (packages/<package>/data_stream/<stream>/elasticsearch/ingest_pipeline/default.yml), and for what the contracts name of a record. The
 * location that they look up for an address is none for the addresses of documentation.
 */
export const DOCUMENTS: Record<string, (record: Event) => Document> = {
  'aws.cloudtrail': (record) => {
    const at = reader(record);
    const identity = 'userIdentity.sessionContext.sessionIssuer';
    const flattened: Event = {};
    for (const [key, name] of [
      ['requestParameters', 'request_parameters'],
      ['responseElements', 'response_elements'],
      ['additionalEventData', 'additional_eventdata'],
    ] as const)
      if (record[key] !== undefined) flattened[name] = record[key];
    const resources = record['resources'] as Event[] | undefined;
    return {
      '@timestamp': at('eventTime'),
      event: { provider: at('eventSource'), action: at('eventName'), id: at('eventID') },
      cloud: { region: at('awsRegion'), account: { id: at('userIdentity.accountId') } },
      source: withAddress(at('sourceIPAddress')),
      user: { id: at('userIdentity.principalId'), name: at(`${identity}.userName`) ?? at('userIdentity.userName') },
      user_agent: { original: at('userAgent') },
      aws: {
        cloudtrail: {
          event_version: at('eventVersion'),
          event_category: at('eventCategory'),
          event_type: at('eventType'),
          management_event: at('managementEvent'),
          read_only: at('readOnly'),
          request_id: at('requestID'),
          recipient_account_id: at('recipientAccountId'),
          error_code: at('errorCode'),
          error_message: at('errorMessage'),
          request_parameters: record['requestParameters'] && javaText(record['requestParameters']),
          user_identity: {
            type: at('userIdentity.type'),
            arn: at('userIdentity.arn'),
            access_key_id: at('userIdentity.accessKeyId'),
            invoked_by: at('userIdentity.invokedBy'),
            session_context: { session_issuer: { type: at(`${identity}.type`), arn: at(`${identity}.arn`) } },
          },
          resources: resources?.map(({ ARN, accountId, ...rest }) => ({ arn: ARN, account_id: accountId, ...rest })),
          flattened,
        },
      },
    };
  },
  'aws.waf': (record) => {
    const at = reader(record);
    const headers = valuesAt(record, 'httpRequest.headers') as { name: string; value: string }[];
    return {
      '@timestamp': at('timestamp'),
      event: { action: at('action') },
      source: { ip: at('httpRequest.clientIp'), geo: { country_iso_code: at('httpRequest.country') } },
      http: { request: { method: at('httpRequest.httpMethod'), id: at('httpRequest.requestId') } },
      url: { path: at('httpRequest.uri'), query: at('httpRequest.args') },
      rule: { id: at('terminatingRuleId'), ruleset: at('terminatingRuleType') },
      tls: { client: { ja3: at('ja3Fingerprint') } },
      aws: {
        waf: {
          arn: at('webaclId'),
          format_version: String(at('formatVersion')),
          source: { name: at('httpSourceName'), id: at('httpSourceId') },
          labels: record['labels'],
          ja4_fingerprint: at('ja4Fingerprint'),
          response_code_sent: at('responseCodeSent'),
          rule_group_list: record['ruleGroupList'],
          rate_based_rule_list: record['rateBasedRuleList'],
          request: { headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])) },
        },
      },
    };
  },
  'okta.system': (record) => {
    const at = reader(record);
    const targets = record['target'] as Event[] | null | undefined;
    return {
      '@timestamp': at('published'),
      event: { action: at('eventType'), id: at('uuid') },
      source: { ip: at('client.ipAddress') },
      client: { ip: at('client.ipAddress'), geo: { country_name: at('client.geographicalContext.country') } },
      user_agent: { original: at('client.userAgent.rawUserAgent') },
      okta: {
        uuid: at('uuid'),
        event_type: at('eventType'),
        version: at('version'),
        severity: at('severity'),
        outcome: { result: at('outcome.result'), reason: at('outcome.reason') },
        actor: { id: at('actor.id'), type: at('actor.type'), alternate_id: at('actor.alternateId') },
        client: {
          ip: at('client.ipAddress'),
          zone: at('client.zone'),
          device: at('client.device'),
          user_agent: { raw_user_agent: at('client.userAgent.rawUserAgent'), os: at('client.userAgent.os') },
        },
        transaction: { id: at('transaction.id'), type: at('transaction.type') },
        security_context: { as: { number: at('securityContext.asNumber') } },
        target: targets?.map(({ alternateId, displayName, ...rest }) => ({
          ...rest,
          alternate_id: alternateId,
          display_name: displayName,
        })),
        debug_context: {
          debug_data: {
            request_uri: at('debugContext.debugData.requestUri'),
            flattened: valuesAt(record, 'debugContext.debugData')[0],
          },
        },
      },
    };
  },
  'auth0.tenant': (record) => {
    const at = reader(record);
    const { ip, user_id, user_name, user_agent, log_id, type, ...data } = record;
    return {
      '@timestamp': at('date'),
      event: { id: log_id, action: AUTH0_ACTIONS[String(type)] ?? `unknown-${String(type)}` },
      source: { ip },
      user: { id: user_id, name: user_name },
      user_agent: { original: user_agent },
      auth0: { logs: { data: { ...data, type: `words for ${String(type)}` } } },
    };
  },
  'cloudflare.http': (record) => {
    const at = reader(record);
    return {
      '@timestamp': at('EdgeStartTimestamp'),
      event: { id: at('RayID') },
      source: { ip: at('ClientIP'), as: { number: at('ClientASN') }, geo: { country_iso_code: at('ClientCountry') } },
      http: { request: { method: at('ClientRequestMethod') }, response: { status_code: at('EdgeResponseStatus') } },
      url: { domain: at('ClientRequestHost'), path: at('ClientRequestPath') },
      user_agent: { original: at('ClientRequestUserAgent') },
      cloudflare_logpush: {
        http_request: {
          ray: { id: at('RayID') },
          zone: { name: at('ZoneName') },
          edge: { start_time: at('EdgeStartTimestamp') },
          client: {
            ip_class: at('ClientIPClass'),
            request: {
              host: at('ClientRequestHost'),
              path: at('ClientRequestPath'),
              protocol: at('ClientRequestProtocol'),
            },
          },
          origin: { response: { status: at('OriginResponseStatus') } },
          waf: { action: at('SecurityAction'), rule: { id: at('SecurityRuleID') } },
          firewall: {
            matches: {
              action: record['SecurityActions'],
              sources: record['SecuritySources'],
              rule_id: record['SecurityRuleIDs'],
            },
          },
          bot: { score: { value: at('BotScore'), src: at('BotScoreSrc') } },
          ja4: at('JA4'),
        },
      },
    };
  },
  'google.audit': (record) => {
    const at = reader(record);
    const payload = record['protoPayload'] as Event;
    return {
      '@timestamp': at('timestamp'),
      event: { id: at('insertId'), action: at('protoPayload.methodName') },
      log: { logger: at('logName'), level: at('severity') },
      cloud: { project: { id: at('resource.labels.project_id') } },
      service: { name: at('protoPayload.serviceName') },
      client: { user: { email: at('protoPayload.authenticationInfo.principalEmail') } },
      source: withAddress(at('protoPayload.requestMetadata.callerIp')),
      user_agent: { original: at('protoPayload.requestMetadata.callerSuppliedUserAgent') },
      gcp: {
        audit: {
          resource_name: at('protoPayload.resourceName'),
          authorization_info: payload['authorizationInfo'],
          status: payload['status'],
          request: payload['request'],
        },
      },
    };
  },
  'azure.entra': (record) => {
    const at = reader(record);
    return {
      '@timestamp': at('TimeGenerated'),
      event: { id: at('Id'), action: at('OperationName') },
      source: withAddress(at('IPAddress')),
      user: { id: at('UserId') },
      user_agent: { original: at('UserAgent') },
      azure: {
        tenant_id: at('AADTenantId'),
        correlation_id: at('CorrelationId'),
        signinlogs: {
          category: at('Category'),
          operation_name: at('OperationName'),
          result_type: at('ResultType'),
          result_description: at('ResultDescription'),
          properties: {
            id: at('Id'),
            user_id: at('UserId'),
            app_display_name: at('AppDisplayName'),
            is_interactive: at('IsInteractive'),
            authentication_requirement: at('AuthenticationRequirement'),
          },
        },
      },
    };
  },
};

/** Of the pipeline's list of codes, those of the simulation. */
const AUTH0_ACTIONS: Record<string, string> = {
  gd_send_sms: 'sms-sent',
  gd_send_voice: 'voice-call-made',
  gd_auth_succeed: 'mfa-authentication-succeeded',
  gd_auth_failed: 'mfa-authentication-failed-wrong-code',
  gd_start_auth: '2fa-auth-event-started',
  gd_start_enroll: 'mfa-enrollment-started',
  gd_enrollment_complete: 'mfa-enrollment-completed',
  gd_otp_rate_limit_exceed: 'user-entered-too-many-incorrect-codes',
  cs: 'passwordless-login-code-sent',
  sapi: 'success-mgmt-api-op',
  s: 'successful-login',
};

/** The document without what the pipelines remove: nulls, empty texts, and what holds nothing else. */
export function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty).filter((one) => one !== undefined);
  if (!isMap(value)) return value === null || value === '' ? undefined : value;
  const entries = Object.entries(value).flatMap(([key, below]) => {
    const kept = withoutEmpty(below);
    return kept === undefined || (Array.isArray(kept) && kept.length === 0) ? [] : [[key, kept] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function reader(record: Event): (path: string) => unknown {
  return (path) => valuesAt(record, path)[0];
}

function withAddress(address: unknown): Event {
  return { address, ...(/^[\da-fA-F.:]+$/.test(String(address)) && { ip: address }) };
}

/** As Java writes a map. */
function javaText(value: unknown): string {
  if (!isMap(value)) return String(value);
  return `{${Object.entries(value)
    .map(([key, below]) => `${key}=${javaText(below)}`)
    .join(', ')}}`;
}

import type { estypes } from '@elastic/elasticsearch';

type Properties = Record<string, estypes.MappingProperty>;

const keyword = { type: 'keyword', ignore_above: 1024 } as const;
const text = { type: 'text' } as const;
const ip = { type: 'ip' } as const;
const long = { type: 'long' } as const;
const flattened = { type: 'flattened' } as const;

/** What of the data streams' mappings is no keyword (packages/<package>/data_stream/<stream>/fields/*.yml, and ECS). */
const OTHERS: Record<string, Properties> = {
  'aws.cloudtrail': {
    'source.ip': ip,
    'aws.cloudtrail.read_only': { type: 'boolean' },
    'aws.cloudtrail.management_event': keyword,
    'aws.cloudtrail.request_parameters': { type: 'keyword', ignore_above: 8191 },
    'aws.cloudtrail.flattened.request_parameters': flattened,
    'aws.cloudtrail.flattened.response_elements': flattened,
    'aws.cloudtrail.flattened.additional_eventdata': flattened,
  },
  'aws.waf': {
    'source.ip': ip,
    'aws.waf.rule_group_list': { type: 'nested' },
    'aws.waf.rate_based_rule_list': { type: 'nested' },
    'aws.waf.request.headers': flattened,
  },
  'okta.system': {
    'source.ip': ip,
    'client.ip': ip,
    'okta.client.ip': ip,
    'okta.security_context.as.number': long,
    'okta.debug_context.debug_data.flattened': flattened,
  },
  'auth0.tenant': {
    'source.ip': ip,
    'auth0.logs.data.date': { type: 'date' },
    'auth0.logs.data.is_mobile': { type: 'boolean' },
    'auth0.logs.data.description': text,
    'auth0.logs.data.details': flattened,
  },
  'cloudflare.http': {
    'source.ip': ip,
    'source.as.number': long,
    'http.response.status_code': long,
    'cloudflare_logpush.http_request.edge.start_time': { type: 'date' },
    'cloudflare_logpush.http_request.client.request.path': text,
    'cloudflare_logpush.http_request.origin.response.status': long,
    'cloudflare_logpush.http_request.waf.action': text,
    'cloudflare_logpush.http_request.bot.score.src': text,
    'cloudflare_logpush.http_request.bot.score.value': long,
    'cloudflare_logpush.http_request.firewall.matches.sources': keyword,
    'cloudflare_logpush.http_request.firewall.matches.action': keyword,
    'cloudflare_logpush.http_request.firewall.matches.rule_id': keyword,
    'cloudflare_logpush.http_request.ja4': keyword,
  },
  'google.audit': {
    'source.ip': ip,
    'gcp.audit.authorization_info': { type: 'nested' },
    'gcp.audit.request': flattened,
    'gcp.audit.status.code': { type: 'integer' },
    'gcp.audit.status.message': keyword,
  },
  'azure.entra': {
    'source.ip': ip,
    'azure.signinlogs.properties.is_interactive': { type: 'boolean' },
  },
};

/** The mapping of a source's data stream: a text that no file names becomes a keyword there. */
export function mappingOf(source: string, shaped: readonly string[]): estypes.MappingTypeMapping {
  const keywords = shaped.map((field) => [field, keyword] as const);
  const isBelowOther = (field: string): boolean =>
    Object.keys(OTHERS[source]!).some((other) => field.startsWith(`${other}.`));
  return {
    dynamic_templates: [{ texts: { match_mapping_type: 'string', mapping: keyword } }],
    properties: {
      '@timestamp': { type: 'date' },
      ...Object.fromEntries(keywords.filter(([field]) => !isBelowOther(field))),
      ...OTHERS[source],
    },
  };
}

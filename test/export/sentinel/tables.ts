/**
 * Columns of the tables that connectors fill, as Kusto writes a schema: what the shapes of `schemas/shapes/sentinel` are held against. They come from the pages
 * https://learn.microsoft.com/azure/azure-monitor/reference/tables/awscloudtrail and …/signinlogs, and of the others from
 * https://github.com/Azure/Azure-Sentinel/tree/master/.script/tests/KqlvalidationsTests/CustomTables.
 */
export const CONNECTOR_TABLES: Readonly<Record<string, string>> = {
  AWSCloudTrail: columns({
    string:
      'AdditionalEventData APIVersion AwsEventId AWSRegion AwsRequestId AwsRequestId_ Category CidrIp CipherSuite ClientProvidedHostHeader DestinationPort EC2RoleDelivery ErrorCode ErrorMessage EventName EventSource EventTypeName EventVersion IpProtocol OperationName RecipientAccountId RequestParameters Resources ResponseElements ServiceEventDetails SessionIssuerAccountId SessionIssuerArn SessionIssuerPrincipalId SessionIssuerType SessionIssuerUserName SharedEventId SourceIpAddress SourcePort TlsVersion Type UserAgent UserIdentityAccessKeyId UserIdentityAccountId UserIdentityArn UserIdentityInvokedBy UserIdentityPrincipalid UserIdentityType UserIdentityUserName VpcEndpointId',
    bool: 'ManagementEvent ReadOnly SessionMfaAuthenticated',
    datetime: 'SessionCreationDate TimeGenerated',
  }),
  AWSWAF: columns({
    string:
      'Action Args ClientIp Country FormatVersion HttpMethod HttpSourceId HttpSourceName HttpVersion Ja3Fingerprint RequestId RuleGroupId SourceSystem TenantId TerminatingRuleId TerminatingRuleType Type Uri WebAclId',
    dynamic:
      'CaptchaResponse ChallengeResponse ExcludedRules Headers HttpRequest Labels NonTerminatingMatchingRules OversizeFields RateBasedRuleList RequestHeadersInserted RuleGroupList TerminatingRule TerminatingRuleMatchDetails',
    int: 'ResponseCodeSent',
    datetime: 'TimeGenerated',
  }),
  Cloudflare_CL: columns({
    real: 'BotScore_d CacheResponseBytes_d CacheResponseStatus_d ClientASN_d ClientRequestBytes_d ClientSrcPort_d EdgeColoID_d EdgeRateLimitID_d EdgeResponseBytes_d EdgeResponseStatus_d OriginResponseBytes_d OriginResponseStatus_d OriginResponseTime_d ZoneID_d',
    string:
      'BotScoreSrc_s CacheCacheStatus_s ClientCountry_s ClientDeviceType_s ClientIP_s ClientIPClass_s ClientRequestHost_s ClientRequestMethod_s ClientRequestPath_s ClientRequestProtocol_s ClientRequestReferer_s ClientRequestURI_s ClientRequestUserAgent_s ClientSSLCipher_s ClientSSLProtocol_s ClientXRequestedWith_s EdgeColoCode_s EdgeRateLimitAction_s EdgeRequestHost_s EdgeResponseContentType_s EdgeServerIP_s FirewallMatchesActions_s FirewallMatchesRuleIDs_s FirewallMatchesSources_s OriginIP_s ParentRayID_s RayID_s SecurityLevel_s WAFAction_s WAFProfile_s WAFRuleID_s WAFRuleMessage_s WorkerStatus_s Kind_s',
    datetime: 'EdgeEndTimestamp_t EdgeStartTimestamp_t TimeGenerated',
    bool: 'WorkerSubrequest_b',
  }),
  GCPAuditLogs: columns({
    dynamic:
      'AuthenticationInfo AuthorizationInfo Metadata Request RequestMetadata ResourceLocation ResourceOriginalState Response ServiceData Status',
    string:
      'GCPResourceName GCPResourceType InsertId LogName MethodName NumResponseItems PrincipalEmail ProjectId ServiceName Severity SourceSystem StatusMessage Subscription TenantId Type',
    datetime: 'TimeGenerated Timestamp',
  }),
  OktaV2_CL: columns({
    string:
      'ActingAppName ActingAppType ActorDetailEntry ActorDisplayName ActorSessionId ActorUserId ActorUserIdType ActorUsername ActorUsernameType ActorUserType AuthenticationContextAuthenticationProvider AuthenticationContextCredentialProvider AuthenticationContextInterface AuthenticationContextIssuerId AuthenticationContextIssuerType DebugData DvcAction EventMessage EventOriginalResultDetails EventOriginalType EventOriginalUid EventResult EventSeverity HttpUserAgent LegacyEventType LogonMethod OriginalActorAlternateId OriginalClientDevice OriginalOutcomeResult OriginalSeverity OriginalTarget OriginalUserId OriginalUserType Request SecurityContextAsOrg SecurityContextDomain SrcDeviceType SrcDvcId SrcDvcIdType SrcDvcOs SrcGeoCity SrcGeoCountry SrcGeoPostalCode SrcGeoRegion SrcIpAddr SrcIsp SrcZone TransactionDetail TransactionId TransactionType Version',
    real: 'AuthenticationContextAuthenticationStep SecurityContextAsNumber SrcGeoLatitude SrcGeoLongtitude',
    bool: 'SecurityContextIsProxy',
    datetime: 'TimeGenerated',
  }),
  SigninLogs: columns({
    string:
      'AADTenantId AlternateSignInName AppDisplayName AppId AuthenticationDetails AuthenticationMethodsUsed AuthenticationProcessingDetails AuthenticationRequirement AuthenticationRequirementPolicies Category ClientAppUsed ConditionalAccessStatus CorrelationId Id Identity IPAddress Level Location NetworkLocationDetails OperationName OperationVersion OriginalRequestId ProcessingTimeInMilliseconds Resource ResourceDisplayName ResourceGroup ResourceId ResourceIdentity ResourceProvider ResultDescription ResultSignature ResultType RiskDetail RiskEventTypes RiskEventTypes_V2 RiskLevelAggregated RiskLevelDuringSignIn RiskState ServicePrincipalId ServicePrincipalName SourceSystem TokenIssuerName TokenIssuerType Type UserAgent UserDisplayName UserId UserPrincipalName',
    dynamic: 'ConditionalAccessPolicies DeviceDetail LocationDetails MfaDetail Status',
    datetime: 'CreatedDateTime TimeGenerated',
    long: 'DurationMs',
    bool: 'IsInteractive IsRisky',
  }),
};

/** A schema from the names of each type's columns. */
function columns(byType: Record<string, string>): string {
  return Object.entries(byType)
    .flatMap(([type, names]) => names.split(' ').map((name) => `${name}: ${type}`))
    .join(', ');
}

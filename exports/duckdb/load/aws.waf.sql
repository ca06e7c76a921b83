INSERT INTO tollgate."aws_waf" ("event_id", "ts", "ingested", "valueless", "timestamp", "format_version", "webacl_id", "terminating_rule_id", "terminating_rule_type", "action", "http_source_name", "http_source_id", "rule_group_list_rule_group_id", "rule_group_list_non_terminating_matching_rules_rule_id", "rule_group_list_non_terminating_matching_rules_action", "rule_group_list_non_terminating_matching_rules_overridden_action", "rate_based_rule_list_rate_based_rule_id", "rate_based_rule_list_rate_based_rule_name", "rate_based_rule_list_limit_key", "rate_based_rule_list_limit_value", "rate_based_rule_list_max_rate_allowed", "rate_based_rule_list_evaluation_window_sec", "non_terminating_matching_rules_rule_id", "non_terminating_matching_rules_action", "response_code_sent", "captcha_response_response_code", "captcha_response_solve_timestamp", "captcha_response_failure_reason", "http_request_client_ip", "http_request_country", "http_request_headers_name", "http_request_headers_value", "http_request_uri", "http_request_args", "http_request_http_version", "http_request_http_method", "http_request_request_id", "labels_name", "ja3_fingerprint", "ja4_fingerprint", "client_asn", "user_agent_original", "token_id", "token_fingerprint", "asset_id")
WITH received AS (
  SELECT CAST(i.record AS JSON) AS record FROM incoming AS i
), placed AS (
  SELECT record,
    tollgate.single(json_extract(record, '$."timestamp"')) AS time_text,
    tollgate.single(coalesce(json_extract(record, '$."event"."ingested"'), json_extract(record, '$."event.ingested"'))) AS ingested_text
  FROM received
), found AS (
  SELECT placed.*,
    json_extract(record, '$."timestamp"') AS j1,
    json_extract(record, '$."formatVersion"') AS j2,
    json_extract(record, '$."webaclId"') AS j3,
    json_extract(record, '$."terminatingRuleId"') AS j4,
    json_extract(record, '$."terminatingRuleType"') AS j5,
    json_extract(record, '$."action"') AS j6,
    json_extract(record, '$."httpSourceName"') AS j7,
    json_extract(record, '$."httpSourceId"') AS j8,
    flatten(list_transform(tollgate.elements(json_extract(record, '$."ruleGroupList"')), o1 -> tollgate.elements(json_extract(o1, '$."ruleGroupId"')))) AS j9,
    flatten(list_transform(flatten(list_transform(tollgate.elements(json_extract(record, '$."ruleGroupList"')), o1 -> tollgate.elements(json_extract(o1, '$."nonTerminatingMatchingRules"')))), o2 -> tollgate.elements(json_extract(o2, '$."ruleId"')))) AS j10,
    flatten(list_transform(flatten(list_transform(tollgate.elements(json_extract(record, '$."ruleGroupList"')), o1 -> tollgate.elements(json_extract(o1, '$."nonTerminatingMatchingRules"')))), o2 -> tollgate.elements(json_extract(o2, '$."action"')))) AS j11,
    flatten(list_transform(flatten(list_transform(tollgate.elements(json_extract(record, '$."ruleGroupList"')), o1 -> tollgate.elements(json_extract(o1, '$."nonTerminatingMatchingRules"')))), o2 -> tollgate.elements(json_extract(o2, '$."overriddenAction"')))) AS j12,
    flatten(list_transform(tollgate.elements(json_extract(record, '$."rateBasedRuleList"')), o1 -> tollgate.elements(json_extract(o1, '$."rateBasedRuleId"')))) AS j13,
    flatten(list_transform(tollgate.elements(json_extract(record, '$."rateBasedRuleList"')), o1 -> tollgate.elements(json_extract(o1, '$."rateBasedRuleName"')))) AS j14,
    flatten(list_transform(tollgate.elements(json_extract(record, '$."rateBasedRuleList"')), o1 -> tollgate.elements(json_extract(o1, '$."limitKey"')))) AS j15,
    flatten(list_transform(tollgate.elements(json_extract(record, '$."rateBasedRuleList"')), o1 -> tollgate.elements(json_extract(o1, '$."limitValue"')))) AS j16,
    flatten(list_transform(tollgate.elements(json_extract(record, '$."rateBasedRuleList"')), o1 -> tollgate.elements(json_extract(o1, '$."maxRateAllowed"')))) AS j17,
    flatten(list_transform(tollgate.elements(json_extract(record, '$."rateBasedRuleList"')), o1 -> tollgate.elements(json_extract(o1, '$."evaluationWindowSec"')))) AS j18,
    flatten(list_transform(tollgate.elements(json_extract(record, '$."nonTerminatingMatchingRules"')), o1 -> tollgate.elements(json_extract(o1, '$."ruleId"')))) AS j19,
    flatten(list_transform(tollgate.elements(json_extract(record, '$."nonTerminatingMatchingRules"')), o1 -> tollgate.elements(json_extract(o1, '$."action"')))) AS j20,
    json_extract(record, '$."responseCodeSent"') AS j21,
    coalesce(json_extract(record, '$."captchaResponse"."responseCode"'), json_extract(record, '$."captchaResponse.responseCode"')) AS j22,
    coalesce(json_extract(record, '$."captchaResponse"."solveTimestamp"'), json_extract(record, '$."captchaResponse.solveTimestamp"')) AS j23,
    coalesce(json_extract(record, '$."captchaResponse"."failureReason"'), json_extract(record, '$."captchaResponse.failureReason"')) AS j24,
    coalesce(json_extract(record, '$."httpRequest"."clientIp"'), json_extract(record, '$."httpRequest.clientIp"')) AS j25,
    coalesce(json_extract(record, '$."httpRequest"."country"'), json_extract(record, '$."httpRequest.country"')) AS j26,
    flatten(list_transform(tollgate.elements(coalesce(json_extract(record, '$."httpRequest"."headers"'), json_extract(record, '$."httpRequest.headers"'))), o1 -> tollgate.elements(json_extract(o1, '$."name"')))) AS j27,
    flatten(list_transform(tollgate.elements(coalesce(json_extract(record, '$."httpRequest"."headers"'), json_extract(record, '$."httpRequest.headers"'))), o1 -> tollgate.elements(json_extract(o1, '$."value"')))) AS j28,
    coalesce(json_extract(record, '$."httpRequest"."uri"'), json_extract(record, '$."httpRequest.uri"')) AS j29,
    coalesce(json_extract(record, '$."httpRequest"."args"'), json_extract(record, '$."httpRequest.args"')) AS j30,
    coalesce(json_extract(record, '$."httpRequest"."httpVersion"'), json_extract(record, '$."httpRequest.httpVersion"')) AS j31,
    coalesce(json_extract(record, '$."httpRequest"."httpMethod"'), json_extract(record, '$."httpRequest.httpMethod"')) AS j32,
    coalesce(json_extract(record, '$."httpRequest"."requestId"'), json_extract(record, '$."httpRequest.requestId"')) AS j33,
    flatten(list_transform(tollgate.elements(json_extract(record, '$."labels"')), o1 -> tollgate.elements(json_extract(o1, '$."name"')))) AS j34,
    json_extract(record, '$."ja3Fingerprint"') AS j35,
    json_extract(record, '$."ja4Fingerprint"') AS j36,
    json_extract(record, '$."clientAsn"') AS j37
  FROM placed
), texts AS (
  SELECT found.*,
    tollgate.single(j1) AS s1,
    tollgate.single(j2) AS s2,
    tollgate.single(j3) AS s3,
    tollgate.single(j4) AS s4,
    tollgate.single(j5) AS s5,
    tollgate.single(j6) AS s6,
    tollgate.single(j7) AS s7,
    tollgate.single(j8) AS s8,
    tollgate.single(j21) AS s21,
    tollgate.single(j22) AS s22,
    tollgate.single(j23) AS s23,
    tollgate.single(j24) AS s24,
    tollgate.single(j25) AS s25,
    tollgate.single(j26) AS s26,
    tollgate.single(j29) AS s29,
    tollgate.single(j30) AS s30,
    tollgate.single(j31) AS s31,
    tollgate.single(j32) AS s32,
    tollgate.single(j33) AS s33,
    tollgate.single(j35) AS s35,
    tollgate.single(j36) AS s36,
    tollgate.single(j37) AS s37
  FROM found
), typed AS (
  SELECT texts.*,
    CASE WHEN CASE WHEN regexp_full_match(CASE WHEN substr(time_text, 1, 1) = '-' THEN substr(time_text, 2) ELSE time_text END, '[0-9]+') THEN TRY_CAST(time_text AS BIGINT) END BETWEEN 315532800000 AND 4102444799999 THEN CASE WHEN regexp_full_match(CASE WHEN substr(time_text, 1, 1) = '-' THEN substr(time_text, 2) ELSE time_text END, '[0-9]+') THEN TRY_CAST(time_text AS BIGINT) END END AS ts,
    coalesce(tollgate.time_of(ingested_text), epoch_ms(now())) AS ingested,
    CASE WHEN regexp_full_match(CASE WHEN substr(s1, 1, 1) = '-' THEN substr(s1, 2) ELSE s1 END, '[0-9]+') THEN TRY_CAST(s1 AS BIGINT) END AS "timestamp",
    CASE WHEN regexp_full_match(CASE WHEN substr(s2, 1, 1) = '-' THEN substr(s2, 2) ELSE s2 END, '[0-9]+') THEN TRY_CAST(s2 AS BIGINT) END AS "format_version",
    s3 AS "webacl_id",
    s4 AS "terminating_rule_id",
    s5 AS "terminating_rule_type",
    s6 AS "action",
    s7 AS "http_source_name",
    s8 AS "http_source_id",
    tollgate.some_of(list_filter(list_transform(j9, v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "rule_group_list_rule_group_id",
    tollgate.some_of(list_filter(list_transform(j10, v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "rule_group_list_non_terminating_matching_rules_rule_id",
    tollgate.some_of(list_filter(list_transform(j11, v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "rule_group_list_non_terminating_matching_rules_action",
    tollgate.some_of(list_filter(list_transform(j12, v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "rule_group_list_non_terminating_matching_rules_overridden_action",
    tollgate.some_of(list_filter(list_transform(j13, v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "rate_based_rule_list_rate_based_rule_id",
    tollgate.some_of(list_filter(list_transform(j14, v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "rate_based_rule_list_rate_based_rule_name",
    tollgate.some_of(list_filter(list_transform(j15, v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "rate_based_rule_list_limit_key",
    tollgate.some_of(list_filter(list_transform(j16, v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "rate_based_rule_list_limit_value",
    tollgate.some_of(list_filter(list_transform(j17, v -> CASE WHEN regexp_full_match(CASE WHEN substr(tollgate.scalar(v), 1, 1) = '-' THEN substr(tollgate.scalar(v), 2) ELSE tollgate.scalar(v) END, '[0-9]+') THEN TRY_CAST(tollgate.scalar(v) AS BIGINT) END), x -> x IS NOT NULL)) AS "rate_based_rule_list_max_rate_allowed",
    tollgate.some_of(list_filter(list_transform(j18, v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "rate_based_rule_list_evaluation_window_sec",
    tollgate.some_of(list_filter(list_transform(j19, v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "non_terminating_matching_rules_rule_id",
    tollgate.some_of(list_filter(list_transform(j20, v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "non_terminating_matching_rules_action",
    CASE WHEN regexp_full_match(CASE WHEN substr(s21, 1, 1) = '-' THEN substr(s21, 2) ELSE s21 END, '[0-9]+') THEN TRY_CAST(s21 AS BIGINT) END AS "response_code_sent",
    CASE WHEN regexp_full_match(CASE WHEN substr(s22, 1, 1) = '-' THEN substr(s22, 2) ELSE s22 END, '[0-9]+') THEN TRY_CAST(s22 AS BIGINT) END AS "captcha_response_response_code",
    CASE WHEN regexp_full_match(CASE WHEN substr(s23, 1, 1) = '-' THEN substr(s23, 2) ELSE s23 END, '[0-9]+') THEN TRY_CAST(s23 AS BIGINT) END AS "captcha_response_solve_timestamp",
    s24 AS "captcha_response_failure_reason",
    s25 AS "http_request_client_ip",
    s26 AS "http_request_country",
    tollgate.some_of(list_filter(list_transform(j27, v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "http_request_headers_name",
    tollgate.some_of(list_filter(list_transform(j28, v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "http_request_headers_value",
    s29 AS "http_request_uri",
    s30 AS "http_request_args",
    s31 AS "http_request_http_version",
    s32 AS "http_request_http_method",
    s33 AS "http_request_request_id",
    tollgate.some_of(list_filter(list_transform(j34, v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "labels_name",
    s35 AS "ja3_fingerprint",
    s36 AS "ja4_fingerprint",
    CASE WHEN regexp_full_match(CASE WHEN substr(s37, 1, 1) = '-' THEN substr(s37, 2) ELSE s37 END, '[0-9]+') THEN TRY_CAST(s37 AS BIGINT) END AS "client_asn"
  FROM texts
), derived AS (
  SELECT s.*, tollgate.single(json_extract(list_filter(tollgate.elements(coalesce(json_extract(record, '$."httpRequest"."headers"'), json_extract(record, '$."httpRequest.headers"'))), o -> lower(tollgate.scalar(json_extract(o, '$."name"'))) = lower('user-agent'))[1], '$."value"')) AS "user_agent_original"
  FROM typed AS s
), derived_2 AS (
  SELECT s.*, substr(tollgate.scalar(json_extract(list_filter(tollgate.elements(json_extract(record, '$."labels"')), o -> substr(tollgate.scalar(json_extract(o, '$."name"')), 1, 24) = 'awswaf:managed:token:id:' AND length(tollgate.scalar(json_extract(o, '$."name"'))) >= 25)[1], '$."name"')), 25) AS "token_id"
  FROM derived AS s
), derived_3 AS (
  SELECT s.*, substr(tollgate.scalar(json_extract(list_filter(tollgate.elements(json_extract(record, '$."labels"')), o -> substr(tollgate.scalar(json_extract(o, '$."name"')), 1, 33) = 'awswaf:managed:token:fingerprint:' AND length(tollgate.scalar(json_extract(o, '$."name"'))) >= 34)[1], '$."name"')), 34) AS "token_fingerprint"
  FROM derived_2 AS s
), derived_4 AS (
  SELECT s.*, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), a.named_asset, coalesce(nullif(s."webacl_id", ''), nullif(s."http_source_id", ''), 'aws.waf')) AS "asset_id"
  FROM derived_3 AS s
  LEFT JOIN (SELECT account, max(asset) AS named_asset FROM tollgate."assets" GROUP BY account) AS a ON a.account = coalesce(nullif(s."webacl_id", ''), nullif(s."http_source_id", ''), 'aws.waf')
)
SELECT CAST(nextval('tollgate.event_ids') AS VARCHAR), ts, ingested, list_filter([CASE WHEN j1 IS NOT NULL AND "timestamp" IS NULL THEN 'timestamp' END, CASE WHEN j2 IS NOT NULL AND "format_version" IS NULL THEN 'formatVersion' END, CASE WHEN j3 IS NOT NULL AND "webacl_id" IS NULL THEN 'webaclId' END, CASE WHEN j4 IS NOT NULL AND "terminating_rule_id" IS NULL THEN 'terminatingRuleId' END, CASE WHEN j5 IS NOT NULL AND "terminating_rule_type" IS NULL THEN 'terminatingRuleType' END, CASE WHEN j6 IS NOT NULL AND "action" IS NULL THEN 'action' END, CASE WHEN j7 IS NOT NULL AND "http_source_name" IS NULL THEN 'httpSourceName' END, CASE WHEN j8 IS NOT NULL AND "http_source_id" IS NULL THEN 'httpSourceId' END, CASE WHEN NOT coalesce(len(j9), 0) = 0 AND NOT coalesce(len(list_filter("rule_group_list_rule_group_id", x -> x IS NOT NULL)) > 0, FALSE) THEN 'ruleGroupList.ruleGroupId' END, CASE WHEN NOT coalesce(len(j10), 0) = 0 AND NOT coalesce(len(list_filter("rule_group_list_non_terminating_matching_rules_rule_id", x -> x IS NOT NULL)) > 0, FALSE) THEN 'ruleGroupList.nonTerminatingMatchingRules.ruleId' END, CASE WHEN NOT coalesce(len(j11), 0) = 0 AND NOT coalesce(len(list_filter("rule_group_list_non_terminating_matching_rules_action", x -> x IS NOT NULL)) > 0, FALSE) THEN 'ruleGroupList.nonTerminatingMatchingRules.action' END, CASE WHEN NOT coalesce(len(j12), 0) = 0 AND NOT coalesce(len(list_filter("rule_group_list_non_terminating_matching_rules_overridden_action", x -> x IS NOT NULL)) > 0, FALSE) THEN 'ruleGroupList.nonTerminatingMatchingRules.overriddenAction' END, CASE WHEN NOT coalesce(len(j13), 0) = 0 AND NOT coalesce(len(list_filter("rate_based_rule_list_rate_based_rule_id", x -> x IS NOT NULL)) > 0, FALSE) THEN 'rateBasedRuleList.rateBasedRuleId' END, CASE WHEN NOT coalesce(len(j14), 0) = 0 AND NOT coalesce(len(list_filter("rate_based_rule_list_rate_based_rule_name", x -> x IS NOT NULL)) > 0, FALSE) THEN 'rateBasedRuleList.rateBasedRuleName' END, CASE WHEN NOT coalesce(len(j15), 0) = 0 AND NOT coalesce(len(list_filter("rate_based_rule_list_limit_key", x -> x IS NOT NULL)) > 0, FALSE) THEN 'rateBasedRuleList.limitKey' END, CASE WHEN NOT coalesce(len(j16), 0) = 0 AND NOT coalesce(len(list_filter("rate_based_rule_list_limit_value", x -> x IS NOT NULL)) > 0, FALSE) THEN 'rateBasedRuleList.limitValue' END, CASE WHEN NOT coalesce(len(j17), 0) = 0 AND NOT coalesce(len(list_filter("rate_based_rule_list_max_rate_allowed", x -> x IS NOT NULL)) > 0, FALSE) THEN 'rateBasedRuleList.maxRateAllowed' END, CASE WHEN NOT coalesce(len(j18), 0) = 0 AND NOT coalesce(len(list_filter("rate_based_rule_list_evaluation_window_sec", x -> x IS NOT NULL)) > 0, FALSE) THEN 'rateBasedRuleList.evaluationWindowSec' END, CASE WHEN NOT coalesce(len(j19), 0) = 0 AND NOT coalesce(len(list_filter("non_terminating_matching_rules_rule_id", x -> x IS NOT NULL)) > 0, FALSE) THEN 'nonTerminatingMatchingRules.ruleId' END, CASE WHEN NOT coalesce(len(j20), 0) = 0 AND NOT coalesce(len(list_filter("non_terminating_matching_rules_action", x -> x IS NOT NULL)) > 0, FALSE) THEN 'nonTerminatingMatchingRules.action' END, CASE WHEN j21 IS NOT NULL AND "response_code_sent" IS NULL THEN 'responseCodeSent' END, CASE WHEN j22 IS NOT NULL AND "captcha_response_response_code" IS NULL THEN 'captchaResponse.responseCode' END, CASE WHEN j23 IS NOT NULL AND "captcha_response_solve_timestamp" IS NULL THEN 'captchaResponse.solveTimestamp' END, CASE WHEN j24 IS NOT NULL AND "captcha_response_failure_reason" IS NULL THEN 'captchaResponse.failureReason' END, CASE WHEN j25 IS NOT NULL AND "http_request_client_ip" IS NULL THEN 'httpRequest.clientIp' END, CASE WHEN j26 IS NOT NULL AND "http_request_country" IS NULL THEN 'httpRequest.country' END, CASE WHEN NOT coalesce(len(j27), 0) = 0 AND NOT coalesce(len(list_filter("http_request_headers_name", x -> x IS NOT NULL)) > 0, FALSE) THEN 'httpRequest.headers.name' END, CASE WHEN NOT coalesce(len(j28), 0) = 0 AND NOT coalesce(len(list_filter("http_request_headers_value", x -> x IS NOT NULL)) > 0, FALSE) THEN 'httpRequest.headers.value' END, CASE WHEN j29 IS NOT NULL AND "http_request_uri" IS NULL THEN 'httpRequest.uri' END, CASE WHEN j30 IS NOT NULL AND "http_request_args" IS NULL THEN 'httpRequest.args' END, CASE WHEN j31 IS NOT NULL AND "http_request_http_version" IS NULL THEN 'httpRequest.httpVersion' END, CASE WHEN j32 IS NOT NULL AND "http_request_http_method" IS NULL THEN 'httpRequest.httpMethod' END, CASE WHEN j33 IS NOT NULL AND "http_request_request_id" IS NULL THEN 'httpRequest.requestId' END, CASE WHEN NOT coalesce(len(j34), 0) = 0 AND NOT coalesce(len(list_filter("labels_name", x -> x IS NOT NULL)) > 0, FALSE) THEN 'labels.name' END, CASE WHEN j35 IS NOT NULL AND "ja3_fingerprint" IS NULL THEN 'ja3Fingerprint' END, CASE WHEN j36 IS NOT NULL AND "ja4_fingerprint" IS NULL THEN 'ja4Fingerprint' END, CASE WHEN j37 IS NOT NULL AND "client_asn" IS NULL THEN 'clientAsn' END], x -> x IS NOT NULL), "timestamp", "format_version", "webacl_id", "terminating_rule_id", "terminating_rule_type", "action", "http_source_name", "http_source_id", "rule_group_list_rule_group_id", "rule_group_list_non_terminating_matching_rules_rule_id", "rule_group_list_non_terminating_matching_rules_action", "rule_group_list_non_terminating_matching_rules_overridden_action", "rate_based_rule_list_rate_based_rule_id", "rate_based_rule_list_rate_based_rule_name", "rate_based_rule_list_limit_key", "rate_based_rule_list_limit_value", "rate_based_rule_list_max_rate_allowed", "rate_based_rule_list_evaluation_window_sec", "non_terminating_matching_rules_rule_id", "non_terminating_matching_rules_action", "response_code_sent", "captcha_response_response_code", "captcha_response_solve_timestamp", "captcha_response_failure_reason", "http_request_client_ip", "http_request_country", "http_request_headers_name", "http_request_headers_value", "http_request_uri", "http_request_args", "http_request_http_version", "http_request_http_method", "http_request_request_id", "labels_name", "ja3_fingerprint", "ja4_fingerprint", "client_asn", "user_agent_original", "token_id", "token_fingerprint", "asset_id"
FROM derived_4 WHERE ts IS NOT NULL;

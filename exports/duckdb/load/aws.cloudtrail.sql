INSERT INTO tollgate."aws_cloudtrail" ("event_id", "ts", "ingested", "valueless", "event_version", "event_id_2", "event_time", "event_source", "event_name", "event_type", "event_category", "management_event", "read_only", "aws_region", "recipient_account_id", "request_id", "source_ipaddress", "user_agent", "error_code", "error_message", "user_identity_type", "user_identity_principal_id", "user_identity_arn", "user_identity_account_id", "user_identity_access_key_id", "user_identity_user_name", "user_identity_invoked_by", "user_identity_session_context_session_issuer_type", "user_identity_session_context_session_issuer_arn", "user_identity_session_context_session_issuer_user_name", "request_parameters_destination_phone_number", "request_parameters_origination_identity", "request_parameters_message_body", "response_elements_message_id", "response_elements_code_delivery_details_delivery_medium", "resources_account_id", "resources_type", "resources_arn", "request_parameters_user_pool_id", "request_parameters_username", "request_parameters_client_id", "request_parameters_attributes_monthly_spend_limit", "request_parameters_attributes_delivery_status_success_sampling_rate", "request_parameters_attributes_delivery_status_iamrole", "request_parameters_attributes_default_sender_id", "request_parameters_attributes_default_smstype", "request_parameters_attributes_usage_report_s3_bucket", "additional_event_data_sub", "additional_event_data_user_pool_id", "additional_event_data_user_pool_domain", "additional_event_data_request_parameters_client_id", "additional_event_data_response_parameters_status", "cognito_client_id", "cognito_user_pool_id", "limits_monthly_spend_usd", "limits_success_sampling_percent", "destination_number", "destination_country", "destination_block", "destination_range", "destination_suffix", "asset_id")
WITH received AS (
  SELECT CAST(i.record AS JSON) AS record FROM incoming AS i
), placed AS (
  SELECT record,
    tollgate.single(json_extract(record, '$."eventTime"')) AS time_text,
    tollgate.single(coalesce(json_extract(record, '$."event"."ingested"'), json_extract(record, '$."event.ingested"'))) AS ingested_text
  FROM received
), found AS (
  SELECT placed.*,
    json_extract(record, '$."eventVersion"') AS j1,
    json_extract(record, '$."eventID"') AS j2,
    json_extract(record, '$."eventTime"') AS j3,
    json_extract(record, '$."eventSource"') AS j4,
    json_extract(record, '$."eventName"') AS j5,
    json_extract(record, '$."eventType"') AS j6,
    json_extract(record, '$."eventCategory"') AS j7,
    json_extract(record, '$."managementEvent"') AS j8,
    json_extract(record, '$."readOnly"') AS j9,
    json_extract(record, '$."awsRegion"') AS j10,
    json_extract(record, '$."recipientAccountId"') AS j11,
    json_extract(record, '$."requestID"') AS j12,
    json_extract(record, '$."sourceIPAddress"') AS j13,
    json_extract(record, '$."userAgent"') AS j14,
    json_extract(record, '$."errorCode"') AS j15,
    json_extract(record, '$."errorMessage"') AS j16,
    coalesce(json_extract(record, '$."userIdentity"."type"'), json_extract(record, '$."userIdentity.type"')) AS j17,
    coalesce(json_extract(record, '$."userIdentity"."principalId"'), json_extract(record, '$."userIdentity.principalId"')) AS j18,
    coalesce(json_extract(record, '$."userIdentity"."arn"'), json_extract(record, '$."userIdentity.arn"')) AS j19,
    coalesce(json_extract(record, '$."userIdentity"."accountId"'), json_extract(record, '$."userIdentity.accountId"')) AS j20,
    coalesce(json_extract(record, '$."userIdentity"."accessKeyId"'), json_extract(record, '$."userIdentity.accessKeyId"')) AS j21,
    coalesce(json_extract(record, '$."userIdentity"."userName"'), json_extract(record, '$."userIdentity.userName"')) AS j22,
    coalesce(json_extract(record, '$."userIdentity"."invokedBy"'), json_extract(record, '$."userIdentity.invokedBy"')) AS j23,
    coalesce(json_extract(record, '$."userIdentity"."sessionContext"."sessionIssuer"."type"'), json_extract(record, '$."userIdentity.sessionContext.sessionIssuer.type"')) AS j24,
    coalesce(json_extract(record, '$."userIdentity"."sessionContext"."sessionIssuer"."arn"'), json_extract(record, '$."userIdentity.sessionContext.sessionIssuer.arn"')) AS j25,
    coalesce(json_extract(record, '$."userIdentity"."sessionContext"."sessionIssuer"."userName"'), json_extract(record, '$."userIdentity.sessionContext.sessionIssuer.userName"')) AS j26,
    coalesce(json_extract(record, '$."requestParameters"."destinationPhoneNumber"'), json_extract(record, '$."requestParameters.destinationPhoneNumber"')) AS j27,
    coalesce(json_extract(record, '$."requestParameters"."originationIdentity"'), json_extract(record, '$."requestParameters.originationIdentity"')) AS j28,
    coalesce(json_extract(record, '$."requestParameters"."messageBody"'), json_extract(record, '$."requestParameters.messageBody"')) AS j29,
    coalesce(json_extract(record, '$."responseElements"."messageId"'), json_extract(record, '$."responseElements.messageId"')) AS j30,
    coalesce(json_extract(record, '$."responseElements"."codeDeliveryDetails"."deliveryMedium"'), json_extract(record, '$."responseElements.codeDeliveryDetails.deliveryMedium"')) AS j31,
    flatten(list_transform(tollgate.elements(json_extract(record, '$."resources"')), o1 -> tollgate.elements(json_extract(o1, '$."accountId"')))) AS j32,
    flatten(list_transform(tollgate.elements(json_extract(record, '$."resources"')), o1 -> tollgate.elements(json_extract(o1, '$."type"')))) AS j33,
    flatten(list_transform(tollgate.elements(json_extract(record, '$."resources"')), o1 -> tollgate.elements(json_extract(o1, '$."ARN"')))) AS j34,
    coalesce(json_extract(record, '$."requestParameters"."userPoolId"'), json_extract(record, '$."requestParameters.userPoolId"')) AS j35,
    coalesce(json_extract(record, '$."requestParameters"."username"'), json_extract(record, '$."requestParameters.username"')) AS j36,
    coalesce(json_extract(record, '$."requestParameters"."clientId"'), json_extract(record, '$."requestParameters.clientId"')) AS j37,
    coalesce(json_extract(record, '$."requestParameters"."attributes"."MonthlySpendLimit"'), json_extract(record, '$."requestParameters.attributes.MonthlySpendLimit"')) AS j38,
    coalesce(json_extract(record, '$."requestParameters"."attributes"."DeliveryStatusSuccessSamplingRate"'), json_extract(record, '$."requestParameters.attributes.DeliveryStatusSuccessSamplingRate"')) AS j39,
    coalesce(json_extract(record, '$."requestParameters"."attributes"."DeliveryStatusIAMRole"'), json_extract(record, '$."requestParameters.attributes.DeliveryStatusIAMRole"')) AS j40,
    coalesce(json_extract(record, '$."requestParameters"."attributes"."DefaultSenderID"'), json_extract(record, '$."requestParameters.attributes.DefaultSenderID"')) AS j41,
    coalesce(json_extract(record, '$."requestParameters"."attributes"."DefaultSMSType"'), json_extract(record, '$."requestParameters.attributes.DefaultSMSType"')) AS j42,
    coalesce(json_extract(record, '$."requestParameters"."attributes"."UsageReportS3Bucket"'), json_extract(record, '$."requestParameters.attributes.UsageReportS3Bucket"')) AS j43,
    coalesce(json_extract(record, '$."additionalEventData"."sub"'), json_extract(record, '$."additionalEventData.sub"')) AS j44,
    coalesce(json_extract(record, '$."additionalEventData"."userPoolId"'), json_extract(record, '$."additionalEventData.userPoolId"')) AS j45,
    coalesce(json_extract(record, '$."additionalEventData"."userPoolDomain"'), json_extract(record, '$."additionalEventData.userPoolDomain"')) AS j46,
    coalesce(json_extract(record, '$."additionalEventData"."requestParameters"."client_id"'), json_extract(record, '$."additionalEventData.requestParameters.client_id"')) AS j47,
    coalesce(json_extract(record, '$."additionalEventData"."responseParameters"."status"'), json_extract(record, '$."additionalEventData.responseParameters.status"')) AS j48
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
    tollgate.single(j9) AS s9,
    tollgate.single(j10) AS s10,
    tollgate.single(j11) AS s11,
    tollgate.single(j12) AS s12,
    tollgate.single(j13) AS s13,
    tollgate.single(j14) AS s14,
    tollgate.single(j15) AS s15,
    tollgate.single(j16) AS s16,
    tollgate.single(j17) AS s17,
    tollgate.single(j18) AS s18,
    tollgate.single(j19) AS s19,
    tollgate.single(j20) AS s20,
    tollgate.single(j21) AS s21,
    tollgate.single(j22) AS s22,
    tollgate.single(j23) AS s23,
    tollgate.single(j24) AS s24,
    tollgate.single(j25) AS s25,
    tollgate.single(j26) AS s26,
    tollgate.single(j27) AS s27,
    tollgate.single(j28) AS s28,
    tollgate.single(j29) AS s29,
    tollgate.single(j30) AS s30,
    tollgate.single(j31) AS s31,
    tollgate.single(j35) AS s35,
    tollgate.single(j36) AS s36,
    tollgate.single(j37) AS s37,
    tollgate.single(j38) AS s38,
    tollgate.single(j39) AS s39,
    tollgate.single(j40) AS s40,
    tollgate.single(j41) AS s41,
    tollgate.single(j42) AS s42,
    tollgate.single(j43) AS s43,
    tollgate.single(j44) AS s44,
    tollgate.single(j45) AS s45,
    tollgate.single(j46) AS s46,
    tollgate.single(j48) AS s48
  FROM found
), typed AS (
  SELECT texts.*,
    CASE WHEN (substr(time_text, 11, 1) IN ('T', 't') OR substr(time_text, 9, 1) IN ('T', 't')) AND (substr(time_text, length(time_text), 1) IN ('Z', 'z') OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 2, 1) IN ('+', '-')) OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 4, 1) IN ('+', '-')) OR (length(time_text) > 13 AND substr(time_text, length(time_text) - 5, 1) IN ('+', '-'))) THEN tollgate.time_of(time_text) END AS ts,
    coalesce(tollgate.time_of(ingested_text), epoch_ms(now())) AS ingested,
    s1 AS "event_version",
    s2 AS "event_id_2",
    s3 AS "event_time",
    s4 AS "event_source",
    s5 AS "event_name",
    s6 AS "event_type",
    s7 AS "event_category",
    CASE lower(s8) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END AS "management_event",
    CASE lower(s9) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END AS "read_only",
    s10 AS "aws_region",
    s11 AS "recipient_account_id",
    s12 AS "request_id",
    s13 AS "source_ipaddress",
    s14 AS "user_agent",
    s15 AS "error_code",
    s16 AS "error_message",
    s17 AS "user_identity_type",
    s18 AS "user_identity_principal_id",
    s19 AS "user_identity_arn",
    s20 AS "user_identity_account_id",
    s21 AS "user_identity_access_key_id",
    s22 AS "user_identity_user_name",
    s23 AS "user_identity_invoked_by",
    s24 AS "user_identity_session_context_session_issuer_type",
    s25 AS "user_identity_session_context_session_issuer_arn",
    s26 AS "user_identity_session_context_session_issuer_user_name",
    s27 AS "request_parameters_destination_phone_number",
    s28 AS "request_parameters_origination_identity",
    s29 AS "request_parameters_message_body",
    s30 AS "response_elements_message_id",
    s31 AS "response_elements_code_delivery_details_delivery_medium",
    tollgate.some_of(list_filter(list_transform(j32, v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "resources_account_id",
    tollgate.some_of(list_filter(list_transform(j33, v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "resources_type",
    tollgate.some_of(list_filter(list_transform(j34, v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "resources_arn",
    s35 AS "request_parameters_user_pool_id",
    s36 AS "request_parameters_username",
    s37 AS "request_parameters_client_id",
    s38 AS "request_parameters_attributes_monthly_spend_limit",
    s39 AS "request_parameters_attributes_delivery_status_success_sampling_rate",
    s40 AS "request_parameters_attributes_delivery_status_iamrole",
    s41 AS "request_parameters_attributes_default_sender_id",
    s42 AS "request_parameters_attributes_default_smstype",
    s43 AS "request_parameters_attributes_usage_report_s3_bucket",
    s44 AS "additional_event_data_sub",
    s45 AS "additional_event_data_user_pool_id",
    s46 AS "additional_event_data_user_pool_domain",
    tollgate.some_of(list_filter(list_transform(tollgate.elements(j47), v -> tollgate.scalar(v)), x -> x IS NOT NULL)) AS "additional_event_data_request_parameters_client_id",
    CASE WHEN regexp_full_match(CASE WHEN substr(s48, 1, 1) = '-' THEN substr(s48, 2) ELSE s48 END, '[0-9]+') THEN TRY_CAST(s48 AS BIGINT) END AS "additional_event_data_response_parameters_status"
  FROM texts
), derived AS (
  SELECT s.*, coalesce(s."request_parameters_client_id", s."additional_event_data_request_parameters_client_id"[1]) AS "cognito_client_id"
  FROM typed AS s
), derived_2 AS (
  SELECT s.*, coalesce(s."request_parameters_user_pool_id", s."additional_event_data_user_pool_id") AS "cognito_user_pool_id"
  FROM derived AS s
), derived_3 AS (
  SELECT s.*, CASE WHEN regexp_full_match(replace(CASE WHEN substr(s."request_parameters_attributes_monthly_spend_limit", 1, 1) IN ('+', '-') THEN substr(s."request_parameters_attributes_monthly_spend_limit", 2) ELSE s."request_parameters_attributes_monthly_spend_limit" END, '.', ''), '[0-9]+') AND length(s."request_parameters_attributes_monthly_spend_limit") - length(replace(s."request_parameters_attributes_monthly_spend_limit", '.', '')) <= 1 AND substr(CASE WHEN substr(s."request_parameters_attributes_monthly_spend_limit", 1, 1) IN ('+', '-') THEN substr(s."request_parameters_attributes_monthly_spend_limit", 2) ELSE s."request_parameters_attributes_monthly_spend_limit" END, 1, 1) <> '.' AND substr(s."request_parameters_attributes_monthly_spend_limit", length(s."request_parameters_attributes_monthly_spend_limit"), 1) <> '.' THEN TRY_CAST(s."request_parameters_attributes_monthly_spend_limit" AS DOUBLE) END AS "limits_monthly_spend_usd"
  FROM derived_2 AS s
), derived_4 AS (
  SELECT s.*, CASE WHEN regexp_full_match(replace(CASE WHEN substr(s."request_parameters_attributes_delivery_status_success_sampling_rate", 1, 1) IN ('+', '-') THEN substr(s."request_parameters_attributes_delivery_status_success_sampling_rate", 2) ELSE s."request_parameters_attributes_delivery_status_success_sampling_rate" END, '.', ''), '[0-9]+') AND length(s."request_parameters_attributes_delivery_status_success_sampling_rate") - length(replace(s."request_parameters_attributes_delivery_status_success_sampling_rate", '.', '')) <= 1 AND substr(CASE WHEN substr(s."request_parameters_attributes_delivery_status_success_sampling_rate", 1, 1) IN ('+', '-') THEN substr(s."request_parameters_attributes_delivery_status_success_sampling_rate", 2) ELSE s."request_parameters_attributes_delivery_status_success_sampling_rate" END, 1, 1) <> '.' AND substr(s."request_parameters_attributes_delivery_status_success_sampling_rate", length(s."request_parameters_attributes_delivery_status_success_sampling_rate"), 1) <> '.' THEN TRY_CAST(s."request_parameters_attributes_delivery_status_success_sampling_rate" AS DOUBLE) END AS "limits_success_sampling_percent"
  FROM derived_3 AS s
), derived_5 AS (
  SELECT s.*, s."request_parameters_destination_phone_number" AS "destination_number"
  FROM derived_4 AS s
), derived_6 AS (
  SELECT s.*, CASE WHEN substr(s."request_parameters_destination_phone_number", 1, 1) = '+' AND substr(s."request_parameters_destination_phone_number", 2, 1) <> '0' AND length(s."request_parameters_destination_phone_number") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."request_parameters_destination_phone_number", 2), '[0-9]+') THEN coalesce(p7.country_7, p6.country_6, p5.country_5, p4.country_4, p3.country_3, p2.country_2, p1.country_1) END AS "destination_country"
  FROM derived_5 AS s
  LEFT JOIN (SELECT prefix AS prefix_7, country AS country_7 FROM tollgate."prefixes") AS p7 ON p7.prefix_7 = substr(s."request_parameters_destination_phone_number", 2, 7)
  LEFT JOIN (SELECT prefix AS prefix_6, country AS country_6 FROM tollgate."prefixes") AS p6 ON p6.prefix_6 = substr(s."request_parameters_destination_phone_number", 2, 6)
  LEFT JOIN (SELECT prefix AS prefix_5, country AS country_5 FROM tollgate."prefixes") AS p5 ON p5.prefix_5 = substr(s."request_parameters_destination_phone_number", 2, 5)
  LEFT JOIN (SELECT prefix AS prefix_4, country AS country_4 FROM tollgate."prefixes") AS p4 ON p4.prefix_4 = substr(s."request_parameters_destination_phone_number", 2, 4)
  LEFT JOIN (SELECT prefix AS prefix_3, country AS country_3 FROM tollgate."prefixes") AS p3 ON p3.prefix_3 = substr(s."request_parameters_destination_phone_number", 2, 3)
  LEFT JOIN (SELECT prefix AS prefix_2, country AS country_2 FROM tollgate."prefixes") AS p2 ON p2.prefix_2 = substr(s."request_parameters_destination_phone_number", 2, 2)
  LEFT JOIN (SELECT prefix AS prefix_1, country AS country_1 FROM tollgate."prefixes") AS p1 ON p1.prefix_1 = substr(s."request_parameters_destination_phone_number", 2, 1)
), derived_7 AS (
  SELECT s.*, CASE WHEN substr(s."request_parameters_destination_phone_number", 1, 1) = '+' AND substr(s."request_parameters_destination_phone_number", 2, 1) <> '0' AND length(s."request_parameters_destination_phone_number") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."request_parameters_destination_phone_number", 2), '[0-9]+') THEN substr(s."request_parameters_destination_phone_number", 1, length(s."request_parameters_destination_phone_number") - 4) END AS "destination_block"
  FROM derived_6 AS s
), derived_8 AS (
  SELECT s.*, CASE WHEN substr(s."request_parameters_destination_phone_number", 1, 1) = '+' AND substr(s."request_parameters_destination_phone_number", 2, 1) <> '0' AND length(s."request_parameters_destination_phone_number") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."request_parameters_destination_phone_number", 2), '[0-9]+') THEN substr(s."request_parameters_destination_phone_number", 1, length(s."request_parameters_destination_phone_number") - 6) END AS "destination_range"
  FROM derived_7 AS s
), derived_9 AS (
  SELECT s.*, CASE WHEN substr(s."request_parameters_destination_phone_number", 1, 1) = '+' AND substr(s."request_parameters_destination_phone_number", 2, 1) <> '0' AND length(s."request_parameters_destination_phone_number") BETWEEN 8 AND 16 AND regexp_full_match(substr(s."request_parameters_destination_phone_number", 2), '[0-9]+') THEN substr(s."request_parameters_destination_phone_number", length(s."request_parameters_destination_phone_number") - 3, 4) END AS "destination_suffix"
  FROM derived_8 AS s
), derived_10 AS (
  SELECT s.*, coalesce(tollgate.single(coalesce(json_extract(record, '$."asset"."id"'), json_extract(record, '$."asset.id"'))), a.named_asset, coalesce(nullif(s."recipient_account_id", ''), nullif(s."user_identity_account_id", ''), 'aws.cloudtrail')) AS "asset_id"
  FROM derived_9 AS s
  LEFT JOIN (SELECT account, max(asset) AS named_asset FROM tollgate."assets" GROUP BY account) AS a ON a.account = coalesce(nullif(s."recipient_account_id", ''), nullif(s."user_identity_account_id", ''), 'aws.cloudtrail')
)
SELECT CAST(nextval('tollgate.event_ids') AS VARCHAR), ts, ingested, list_filter([CASE WHEN j1 IS NOT NULL AND "event_version" IS NULL THEN 'eventVersion' END, CASE WHEN j2 IS NOT NULL AND "event_id_2" IS NULL THEN 'eventID' END, CASE WHEN j3 IS NOT NULL AND "event_time" IS NULL THEN 'eventTime' END, CASE WHEN j4 IS NOT NULL AND "event_source" IS NULL THEN 'eventSource' END, CASE WHEN j5 IS NOT NULL AND "event_name" IS NULL THEN 'eventName' END, CASE WHEN j6 IS NOT NULL AND "event_type" IS NULL THEN 'eventType' END, CASE WHEN j7 IS NOT NULL AND "event_category" IS NULL THEN 'eventCategory' END, CASE WHEN j8 IS NOT NULL AND "management_event" IS NULL THEN 'managementEvent' END, CASE WHEN j9 IS NOT NULL AND "read_only" IS NULL THEN 'readOnly' END, CASE WHEN j10 IS NOT NULL AND "aws_region" IS NULL THEN 'awsRegion' END, CASE WHEN j11 IS NOT NULL AND "recipient_account_id" IS NULL THEN 'recipientAccountId' END, CASE WHEN j12 IS NOT NULL AND "request_id" IS NULL THEN 'requestID' END, CASE WHEN j13 IS NOT NULL AND "source_ipaddress" IS NULL THEN 'sourceIPAddress' END, CASE WHEN j14 IS NOT NULL AND "user_agent" IS NULL THEN 'userAgent' END, CASE WHEN j15 IS NOT NULL AND "error_code" IS NULL THEN 'errorCode' END, CASE WHEN j16 IS NOT NULL AND "error_message" IS NULL THEN 'errorMessage' END, CASE WHEN j17 IS NOT NULL AND "user_identity_type" IS NULL THEN 'userIdentity.type' END, CASE WHEN j18 IS NOT NULL AND "user_identity_principal_id" IS NULL THEN 'userIdentity.principalId' END, CASE WHEN j19 IS NOT NULL AND "user_identity_arn" IS NULL THEN 'userIdentity.arn' END, CASE WHEN j20 IS NOT NULL AND "user_identity_account_id" IS NULL THEN 'userIdentity.accountId' END, CASE WHEN j21 IS NOT NULL AND "user_identity_access_key_id" IS NULL THEN 'userIdentity.accessKeyId' END, CASE WHEN j22 IS NOT NULL AND "user_identity_user_name" IS NULL THEN 'userIdentity.userName' END, CASE WHEN j23 IS NOT NULL AND "user_identity_invoked_by" IS NULL THEN 'userIdentity.invokedBy' END, CASE WHEN j24 IS NOT NULL AND "user_identity_session_context_session_issuer_type" IS NULL THEN 'userIdentity.sessionContext.sessionIssuer.type' END, CASE WHEN j25 IS NOT NULL AND "user_identity_session_context_session_issuer_arn" IS NULL THEN 'userIdentity.sessionContext.sessionIssuer.arn' END, CASE WHEN j26 IS NOT NULL AND "user_identity_session_context_session_issuer_user_name" IS NULL THEN 'userIdentity.sessionContext.sessionIssuer.userName' END, CASE WHEN j27 IS NOT NULL AND "request_parameters_destination_phone_number" IS NULL THEN 'requestParameters.destinationPhoneNumber' END, CASE WHEN j28 IS NOT NULL AND "request_parameters_origination_identity" IS NULL THEN 'requestParameters.originationIdentity' END, CASE WHEN j29 IS NOT NULL AND "request_parameters_message_body" IS NULL THEN 'requestParameters.messageBody' END, CASE WHEN j30 IS NOT NULL AND "response_elements_message_id" IS NULL THEN 'responseElements.messageId' END, CASE WHEN j31 IS NOT NULL AND "response_elements_code_delivery_details_delivery_medium" IS NULL THEN 'responseElements.codeDeliveryDetails.deliveryMedium' END, CASE WHEN NOT coalesce(len(j32), 0) = 0 AND NOT coalesce(len(list_filter("resources_account_id", x -> x IS NOT NULL)) > 0, FALSE) THEN 'resources.accountId' END, CASE WHEN NOT coalesce(len(j33), 0) = 0 AND NOT coalesce(len(list_filter("resources_type", x -> x IS NOT NULL)) > 0, FALSE) THEN 'resources.type' END, CASE WHEN NOT coalesce(len(j34), 0) = 0 AND NOT coalesce(len(list_filter("resources_arn", x -> x IS NOT NULL)) > 0, FALSE) THEN 'resources.ARN' END, CASE WHEN j35 IS NOT NULL AND "request_parameters_user_pool_id" IS NULL THEN 'requestParameters.userPoolId' END, CASE WHEN j36 IS NOT NULL AND "request_parameters_username" IS NULL THEN 'requestParameters.username' END, CASE WHEN j37 IS NOT NULL AND "request_parameters_client_id" IS NULL THEN 'requestParameters.clientId' END, CASE WHEN j38 IS NOT NULL AND "request_parameters_attributes_monthly_spend_limit" IS NULL THEN 'requestParameters.attributes.MonthlySpendLimit' END, CASE WHEN j39 IS NOT NULL AND "request_parameters_attributes_delivery_status_success_sampling_rate" IS NULL THEN 'requestParameters.attributes.DeliveryStatusSuccessSamplingRate' END, CASE WHEN j40 IS NOT NULL AND "request_parameters_attributes_delivery_status_iamrole" IS NULL THEN 'requestParameters.attributes.DeliveryStatusIAMRole' END, CASE WHEN j41 IS NOT NULL AND "request_parameters_attributes_default_sender_id" IS NULL THEN 'requestParameters.attributes.DefaultSenderID' END, CASE WHEN j42 IS NOT NULL AND "request_parameters_attributes_default_smstype" IS NULL THEN 'requestParameters.attributes.DefaultSMSType' END, CASE WHEN j43 IS NOT NULL AND "request_parameters_attributes_usage_report_s3_bucket" IS NULL THEN 'requestParameters.attributes.UsageReportS3Bucket' END, CASE WHEN j44 IS NOT NULL AND "additional_event_data_sub" IS NULL THEN 'additionalEventData.sub' END, CASE WHEN j45 IS NOT NULL AND "additional_event_data_user_pool_id" IS NULL THEN 'additionalEventData.userPoolId' END, CASE WHEN j46 IS NOT NULL AND "additional_event_data_user_pool_domain" IS NULL THEN 'additionalEventData.userPoolDomain' END, CASE WHEN j47 IS NOT NULL AND NOT coalesce(len(list_filter("additional_event_data_request_parameters_client_id", x -> x IS NOT NULL)) > 0, FALSE) THEN 'additionalEventData.requestParameters.client_id' END, CASE WHEN j48 IS NOT NULL AND "additional_event_data_response_parameters_status" IS NULL THEN 'additionalEventData.responseParameters.status' END], x -> x IS NOT NULL), "event_version", "event_id_2", "event_time", "event_source", "event_name", "event_type", "event_category", "management_event", "read_only", "aws_region", "recipient_account_id", "request_id", "source_ipaddress", "user_agent", "error_code", "error_message", "user_identity_type", "user_identity_principal_id", "user_identity_arn", "user_identity_account_id", "user_identity_access_key_id", "user_identity_user_name", "user_identity_invoked_by", "user_identity_session_context_session_issuer_type", "user_identity_session_context_session_issuer_arn", "user_identity_session_context_session_issuer_user_name", "request_parameters_destination_phone_number", "request_parameters_origination_identity", "request_parameters_message_body", "response_elements_message_id", "response_elements_code_delivery_details_delivery_medium", "resources_account_id", "resources_type", "resources_arn", "request_parameters_user_pool_id", "request_parameters_username", "request_parameters_client_id", "request_parameters_attributes_monthly_spend_limit", "request_parameters_attributes_delivery_status_success_sampling_rate", "request_parameters_attributes_delivery_status_iamrole", "request_parameters_attributes_default_sender_id", "request_parameters_attributes_default_smstype", "request_parameters_attributes_usage_report_s3_bucket", "additional_event_data_sub", "additional_event_data_user_pool_id", "additional_event_data_user_pool_domain", "additional_event_data_request_parameters_client_id", "additional_event_data_response_parameters_status", "cognito_client_id", "cognito_user_pool_id", "limits_monthly_spend_usd", "limits_success_sampling_percent", "destination_number", "destination_country", "destination_block", "destination_range", "destination_suffix", "asset_id"
FROM derived_10 WHERE ts IS NOT NULL;

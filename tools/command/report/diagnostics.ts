import { diagnosticsAsGithub } from './diagnostics-github';
import { diagnosticsAsJson } from './diagnostics-json';
import { diagnosticsAsPretty } from './diagnostics-pretty';

/** How `tollgate validate` can print its findings. */
export const DIAGNOSTIC_FORMATS = { pretty: diagnosticsAsPretty, json: diagnosticsAsJson, github: diagnosticsAsGithub };

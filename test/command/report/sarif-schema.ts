// What our output may hold of SARIF 2.1.0, and what the standard and GitHub's code scanning ask of it. No package of the OASIS schema is
// kept well enough to depend on, so this is our own reading of https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html and of
// https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support#supported-properties.
const text = { type: 'string', minLength: 1 };
const whole = { type: 'integer', minimum: 1 };

/** An object that has these keys and no other; those whose names end with `?` may be absent. */
function closed(keys: Record<string, object>): object {
  const required = Object.keys(keys).filter((key) => !key.endsWith('?'));
  const properties = Object.fromEntries(Object.entries(keys).map(([key, value]) => [key.replace(/\?$/, ''), value]));
  return { type: 'object', properties, required, additionalProperties: false };
}

const message = closed({ text });
const short = closed({ text: { ...text, maxLength: 1024 } });
const list = (items: object): object => ({ type: 'array', items });

const rule = closed({
  id: text,
  shortDescription: short,
  fullDescription: short,
  help: closed({ text, 'markdown?': text }),
  'helpUri?': { type: 'string', format: 'uri' },
});

const artifactLocation = {
  oneOf: [
    // Relative to the source root, or a whole address: one of them.
    closed({
      uri: { type: 'string', format: 'uri-reference', pattern: '^[^/:]+(?:/|$)' },
      uriBaseId: { const: '%SRCROOT%' },
    }),
    closed({ uri: { type: 'string', format: 'uri', pattern: '^file:///' } }),
  ],
};

const result = closed({
  ruleId: text,
  ruleIndex: { type: 'integer', minimum: 0 },
  level: { enum: ['error', 'warning', 'note'] },
  message,
  locations: {
    type: 'array',
    minItems: 1,
    maxItems: 1,
    items: closed({
      physicalLocation: closed({
        artifactLocation,
        region: closed({ startLine: whole, startColumn: whole, endLine: whole, endColumn: whole }),
      }),
    }),
  },
  partialFingerprints: closed({ primaryLocationLineHash: { type: 'string', pattern: '^[0-9a-f]{16}:[1-9][0-9]*$' } }),
});

export const SARIF_SCHEMA = closed({
  $schema: { const: 'https://json.schemastore.org/sarif-2.1.0.json' },
  version: { const: '2.1.0' },
  runs: {
    type: 'array',
    minItems: 1,
    maxItems: 1,
    items: closed({
      tool: closed({ driver: closed({ name: text, semanticVersion: text, rules: list(rule) }) }),
      // Without an address: the folder's own would differ on every machine.
      originalUriBaseIds: closed({ '%SRCROOT%': closed({ description: message }) }),
      columnKind: { const: 'utf16CodeUnits' },
      invocations: list(
        closed({
          executionSuccessful: { type: 'boolean' },
          'toolExecutionNotifications?': list(closed({ level: { enum: ['error', 'warning'] }, message })),
        }),
      ),
      results: { type: 'array', maxItems: 5000, items: result },
    }),
  },
});

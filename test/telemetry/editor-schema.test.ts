import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { findYaml } from '../../tools/foundation/content/find';
import { differing } from '../../tools/foundation/content/page-files';
import { EDITOR_SCHEMA, editorSchemas } from '../../tools/telemetry/editor-schema';
import { loadContracts } from '../../tools/telemetry/load';

const FOLDERS = ['rules', 'queries', 'filters', 'acts', 'incidents', 'datasets', 'schemas', 'measurement', 'coverage'];
/** How messages stand for sends and the rules of others are read by the tools alone. */
const FILES = findYaml(FOLDERS).filter(
  (file) => file !== 'schemas/sends.yml' && !file.startsWith('datasets/baselines/'),
);

describe('schemas for editors', () => {
  const { contracts } = loadContracts('schemas/telemetry');

  it('are up to date (npm run sources), with every field, its meaning and its values', () => {
    expect(differing(editorSchemas(contracts), 'schemas/fields', EDITOR_SCHEMA)).to.deep.equal([]);
    const schema = JSON.parse(editorSchemas(contracts).get('vonage.verify.schema.json')!) as {
      $defs: { selection: { properties: Record<string, { examples?: unknown[] }> } };
    };
    const { properties } = schema.$defs.selection;
    expect(properties['status']!.examples).to.include('blocked');
    expect(properties).to.include.keys('destination.block', '@timestamp');
  });

  it('are named in .vscode for every file of content, one for each', () => {
    const settings = JSON.parse(readFileSync('.vscode/settings.json', 'utf8')) as {
      'yaml.schemas': Record<string, string[]>;
    };
    const seen = new Map<string, number>();
    for (const [schema, globs] of Object.entries(settings['yaml.schemas'])) {
      expect(existsSync(schema), schema).to.equal(true);
      for (const glob of globs) {
        // `**` stands for any folders, `*` for any name.
        const parts = glob
          .split('/')
          .map((part) => (part === '**' ? '.+' : part.replace('.', '\\.').replace('*', '[^/]+')));
        const pattern = new RegExp(`^${parts.join('/')}$`);
        for (const file of FILES) if (pattern.test(file)) seen.set(file, (seen.get(file) ?? 0) + 1);
      }
    }
    expect(FILES.filter((file) => seen.get(file) !== 1)).to.deep.equal([]);
  });
});

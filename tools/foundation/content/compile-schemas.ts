import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { compiledPath, readSchema, SCHEMA_NAMES } from './schema';
import { schemaModule } from './schema-compiler';

// Run by the build, from dist/: writes each schema's validator beside the compiled sources.
for (const name of SCHEMA_NAMES) {
  const target = compiledPath(name);
  if (!existsSync(dirname(target))) mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, schemaModule(readSchema(name)));
}

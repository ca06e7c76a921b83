import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '..', '..');
export const RULE = 'rules/twilio/twilio_verify_expired_block.yml';

/** Makes a small repository of content: one rule with its cases, one world, and all scenarios, of which the rule names some. */
export function writeContent(folder: string): void {
  const parts = [
    ...[
      RULE,
      'datasets/cases/twilio_verify_expired_block.yml',
      'datasets/worlds/regional-shop.yml',
      'datasets/rate-card.yml',
    ],
    ...['datasets/benign', 'datasets/malicious', 'schemas/telemetry'],
  ];
  for (const part of parts) cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  mkdirSync(join(folder, 'measurement'));
  writeFileSync(
    join(folder, 'measurement', 'plan.yml'),
    `units:\n  - {world: regional-shop, seeds: '101', days: 1, detectors: short}\n`,
  );
}

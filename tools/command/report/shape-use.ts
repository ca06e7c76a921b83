import { join, relative } from 'node:path';
import { existsSync } from 'node:fs';
import { findYaml } from '../../foundation/content/find';
import { loadYaml } from '../../foundation/content/load-yaml';
import { parseQueries } from '../../detection/hunt/parse';
import { loadRules } from '../../detection/rules/load';
import type { OwnDetector } from '../../evidence/own-logs/detectors';
import { documentedFields } from '../../evidence/own-logs/documented';
import { platformShape } from '../../evidence/own-logs/platform-shape';
import { prepare, type OwnRequests } from '../../evidence/own-logs/run';
import { fieldsTested } from '../../evidence/own-logs/second-look';
import type { OpenIndex } from '../../evidence/own-logs/shape';
import { basesOf } from '../../telemetry/bases';
import type { Contract } from '../../telemetry/contract';
import { placesOf, type Shape } from '../../telemetry/shape';

/** What a rule or query can do on the indices of a shape. */
export interface ShapeUse {
  title: string;
  /** Relative to the repository's root. */
  path: string;
  /** Why it can't be run there; null where it can. */
  refused: string | null;
  /** Index fields without which it can't be run, and whose types no file gives. */
  usual: string[];
  /** A query finds more than what is meant, so that all that it finds is fetched and looked at again. */
  looksAgain: boolean;
  /** Fields by which the cluster first says which groups may reach the threshold. */
  narrowedBy: string[];
  /** How values that it reads differ from the contract's. */
  differs: { field: string; how: string }[];
}

/** Everything below a repository's root that can be asked of an index. */
export function requestsOf(root: string, contracts: ReadonlyMap<string, Contract>): OwnRequests {
  const [rules, queries] = ['rules', 'queries']
    .map((folder) => join(root, folder))
    .filter((folder) => existsSync(folder));
  const loaded = loadRules(rules === undefined ? [] : [rules]);
  const documents = queries === undefined ? [] : findYaml([queries]).flatMap((file) => loadYaml(file).documents);
  return prepare({
    rules: loaded.rules,
    parts: loaded.parts,
    queries: parseQueries(documents, contracts).queries,
    contracts: new Map(contracts),
    unread: [],
  });
}

/** What each rule and query that reads the source of a shape can do there. */
export function shapeUses(shape: Shape, contract: Contract, requests: OwnRequests, root: string): ShapeUse[] {
  const open = platformShape(shape, contract).open(documentedFields(shape, true));
  return requests.detectors.flatMap((detector): ShapeUse[] => {
    const own = [...new Set(detector.requests)].filter((one) => requests.book.requests[one]!.source === shape.id);
    if (own.length === 0) return [];
    const { title, path } = detector.make(requests.store);
    const asked = own.map((request) => askedOf(open, requests, request, detector));
    const names = own.flatMap((request) => namesOf(requests, request, detector, contract));
    const isExact = asked.every((one) => one.exact);
    return [
      {
        title,
        path: relative(root, path),
        refused: asked.find((one) => one.refused !== null)?.refused ?? null,
        usual: [...new Set(names)].flatMap((name) => usualOf(shape, name)),
        looksAgain: !isExact,
        narrowedBy: isExact ? narrowing(detector, own, open) : [],
        differs: differencesOf(shape, names),
      },
    ];
  });
}

function askedOf(
  open: OpenIndex,
  { book }: OwnRequests,
  number: number,
  { fields }: OwnDetector,
): { refused: string | null; exact: boolean } {
  const { plan } = book.requests[number]!;
  const asked = open.ask(plan);
  if ('refused' in asked) return { refused: asked.refused, exact: true };
  const reader = open.reader(fields.get(number) ?? [], asked.exact ? null : plan);
  return { refused: 'refused' in reader ? reader.refused : null, exact: asked.exact };
}

function namesOf({ book }: OwnRequests, number: number, { fields }: OwnDetector, contract: Contract): string[] {
  const { plan } = book.requests[number]!;
  const all = [...(fields.get(number) ?? []), ...(fieldsTested(plan) ?? [])].flatMap((name) => basesOf(name, contract));
  return [...new Set(all)];
}

function usualOf(shape: Shape, name: string): string[] {
  const places = placesOf(shape, name);
  return places.some(({ evidence }) => evidence === 'seen') ? [] : places.map(({ field }) => field);
}

function narrowing({ plans }: OwnDetector, own: number[], open: OpenIndex): string[] {
  const groups = plans.flatMap(({ bound }) =>
    bound === null ? [] : own.flatMap((one) => bound.groups.get(one) ?? []),
  );
  return [...new Set(groups)].filter((name) => open.grouping(name) !== null);
}

function differencesOf(shape: Shape, names: string[]): ShapeUse['differs'] {
  return [...new Set(names)].flatMap((field) =>
    placesOf(shape, field).flatMap(({ differs }) => (differs === undefined ? [] : [{ field, how: differs }])),
  );
}

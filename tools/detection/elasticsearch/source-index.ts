import { errors, type Client } from '@elastic/elasticsearch';
import { randomUUID } from 'node:crypto';
import { Failure } from '../../foundation/content/failure';
import { isMap } from '@tollgate/sigma/values/map';
import type { MatchRequest, SourceCount } from '../engine/execution';
import type { Plan } from '@tollgate/sigma/rules/plan';

import { fieldsOf, type Contract } from '../../telemetry/contract';
import { countAnswer, identityAnswer, madeAnswer, searchAnswer, termsAnswer } from './answers';
import { asFailure, asking } from './client';
import { Columns } from './columns';
import { compileQuery, type Compiled } from '@tollgate/sigma-elasticsearch/compile';
import { indexFor, OWN, untypedRunIndex } from './run-index';
import { LISTS } from '@tollgate/sigma-elasticsearch/mapping';
import { hash } from '../../foundation/json-hash';
import type { KeptIndex } from './kept/note';
import type { Beside } from './own';
import type { Oddity } from '@tollgate/sigma-elasticsearch/oddity';
import { either, NONE, type Query } from '@tollgate/sigma-elasticsearch/query';
import { reasonOf } from './reason';
import { lacksRoom, noRoom } from './room';

/** How long the shards of a new index may take to start. */
const START = '30s';
const EXISTS = 'resource_already_exists_exception';

function foreign(index: string): Failure {
  const message = `the index ${index} is not the one that was made: it was deleted or replaced under way`;
  return new Failure(3, message, 'run the command again; nothing else may write to indices named tollgate-*');
}

/** The index of one log source in one run. */
export class SourceIndex {
  readonly count: SourceCount = { expected: 0, indexed: 0 };
  readonly columns: Columns;
  /** What is odd about any of its documents. */
  readonly oddities = new Set<Oddity>();
  /** Fields that any of its documents names in `_ignored`. */
  private ignored: ReadonlySet<string> = new Set();
  /** Stands in its mapping, so that an index of the same name that somebody else made is known as such. */
  private mark: string = randomUUID();
  private uuid = '';

  /** Fields that the requests want of each match. */
  private readonly wanted: ReadonlySet<string>;
  /** Index fields that the requests' queries ask. */
  private readonly asked: ReadonlySet<string>;
  /** What its documents hold beside their records. */
  readonly beside: Beside;

  /** `requests` are those on this source; `contract` is null for records of which nothing is known; `before`: what else it is to serve. */
  constructor(
    readonly name: string,
    readonly id: string,
    private readonly contract: Contract | null,
    requests: MatchRequest[],
    before?: Pick<KeptIndex, 'asked' | 'wanted' | 'odd'>,
  ) {
    this.wanted = new Set([...(before?.wanted ?? []), ...requests.flatMap(({ fields }) => fields)]);
    this.columns = new Columns(this.wanted, contract === null ? {} : fieldsOf(contract));
    const compiled = requests.map(({ plan }) => this.compile(plan));
    this.asked = new Set([...(before?.asked ?? []), ...compiled.flatMap(({ asks }) => asks)]);
    const lists = Object.values(LISTS).filter((list) => this.asked.has(list) || this.asked.has(`${list}.folded`));
    this.beside = {
      lists: new Set(lists),
      odd: new Set([...(before?.odd ?? []), ...compiled.flatMap(({ odd }) => odd)]),
      untyped: contract === null,
    };
  }

  /** What a later run must know of it, once its documents are there. */
  async note(client: Client): Promise<KeptIndex> {
    const { id, name, uuid, mark, columns, oddities } = this;
    return {
      ...{ id, name, uuid, mark, mapping: hash((await this.identity(client)).mappings), count: this.count.indexed },
      ...{ asked: [...this.asked], wanted: [...this.wanted] },
      ...{ lists: [...this.beside.lists], odd: [...this.beside.odd] },
      ...{ fit: columns.names(), oddities: [...oddities], ignored: [...this.ignored] },
    };
  }

  /**
   * Takes the index that was kept for the one that it would make; resolves to false where that does not hold all that the requests need, or is
   * not as it was: another index, another mapping, another number of documents.
   */
  async recall(client: Client, kept: KeptIndex): Promise<boolean> {
    const holds = <T>(has: readonly T[], needs: Iterable<T>): boolean => [...needs].every((need) => has.includes(need));
    const serves =
      holds(kept.asked, this.asked) &&
      holds(kept.wanted, this.wanted) &&
      holds(kept.lists, this.beside.lists) &&
      holds(kept.odd, this.beside.odd);
    if (!serves || kept.name !== this.name) return false;
    [this.uuid, this.mark] = [kept.uuid, kept.mark];
    const found: unknown = await client.indices.get({ index: this.name }, { ignore: [404] });
    if (!isMap(found) || !(this.name in found)) return false;
    const { uuid, meta, mappings } = identityAnswer(found, this.name);
    if (uuid !== kept.uuid || !isMap(meta) || meta['tollgate'] !== kept.mark || hash(mappings) !== kept.mapping)
      return false;
    if (countAnswer(await client.count({ index: this.name })) !== kept.count) return false;
    this.count.expected = this.count.indexed = kept.count;
    this.columns.keepOnly(new Set(kept.fit));
    for (const oddity of kept.oddities) this.oddities.add(oddity);
    this.ignored = new Set(kept.ignored);
    return true;
  }

  compile(plan: Plan): Compiled {
    return compileQuery(plan, this.contract === null ? null : fieldsOf(this.contract), true);
  }

  /**
   * Makes it, with as much as the requests need. Throws a `Failure` (3) where the node has no room for it, or where what stands there
   * then is not what was asked for.
   */
  async create(client: Client): Promise<void> {
    const { asked, contract, name: index } = this;
    const columns = new Set(this.columns.all());
    const { settings, mappings } = contract === null ? untypedRunIndex(asked) : indexFor(contract, { asked, columns });
    const body = { settings, mappings: { ...mappings, _meta: { tollgate: this.mark } } };
    const isLost = (error: unknown): boolean => error instanceof errors.ResponseError && error.statusCode === 400;
    try {
      const made = await asking(
        'making an index',
        () => client.indices.create({ index, ...body, timeout: START }),
        isLost,
      );
      if (!madeAnswer(made, index).isReady) throw await noRoom(client, index);
    } catch (error) {
      // The answer to a first request was lost, and the one to its repetition says that the index is there: it is ours if it bears our mark.
      if (!isLost(error) || !reasonOf(error as errors.ResponseError).startsWith(EXISTS))
        throw asFailure(error, 'making an index');
    }
    this.uuid = (await this.identity(client)).uuid;
  }

  /**
   * Throws a `Failure` (3) unless it is the index that was made. One that was deleted under way is made again by Elasticsearch with the
   * next document, with a mapping that it guesses.
   */
  async isOurs(client: Client): Promise<void> {
    const { uuid } = await this.identity(client);
    if (uuid !== this.uuid) throw foreign(this.name);
  }

  private async identity(client: Client): Promise<{ uuid: string; mappings: unknown }> {
    const index = this.name;
    const { uuid, meta, mappings } = identityAnswer(
      await asking('looking at an index', () => client.indices.get({ index })),
      index,
    );
    if (!isMap(meta) || meta['tollgate'] !== this.mark) throw foreign(index);
    return { uuid, mappings };
  }

  /** Makes the documents visible and counts them. Throws a `Failure` (3) where one is missing, or the node has no room to show them. */
  async verify(client: Client): Promise<void> {
    const index = this.name;
    try {
      await client.indices.refresh({ index });
    } catch (error) {
      throw (await lacksRoom(error, client)) ? await noRoom(client, index) : asFailure(error, 'refreshing an index');
    }
    await this.isOurs(client);
    this.count.indexed = countAnswer(await asking('counting', () => client.count({ index })));
    const { expected, indexed } = this.count;
    if (indexed !== expected) {
      throw new Failure(
        3,
        `${Math.abs(expected - indexed)} documents of ${this.id} ${indexed < expected ? 'were lost' : 'are too many'}: ` +
          `expected ${expected}, Elasticsearch holds ${indexed}`,
      );
    }
    this.ignored = await this.askIgnored(client);
  }

  private async askIgnored(client: Client): Promise<Set<string>> {
    const aggs = { ignored: { terms: { field: '_ignored', size: 10_000 } } };
    const answer = await asking('asking for ignored values', () => client.search({ index: this.name, size: 0, aggs }));
    return new Set(termsAnswer(searchAnswer(answer).aggregations['ignored']));
  }

  /** The documents about which the index can't be trusted, as far as a query goes. */
  doubtful({ reads, odd }: Compiled): Query {
    const fields = reads.filter((field) => this.ignored.has(field));
    const oddities = odd.filter((each) => this.oddities.has(each));
    return either([
      fields.length > 0 ? { terms: { _ignored: fields } } : NONE,
      oddities.length > 0 ? { terms: { [OWN.odd]: oddities } } : NONE,
    ]);
  }
}

import type { Client } from '@elastic/elasticsearch';
import { Failure } from '../content/failure';
import type { MatchRequest, SourceCount } from '../sigma/execution';
import type { Plan } from '../sigma/plan';
import { fieldsOf, type Contract } from '../telemetry/contract';
import { asking } from './client';
import { Columns } from './columns';
import { compileQuery, type Compiled } from './compile';
import { indexFor, LISTS, OWN, untypedIndex } from './mapping';
import type { Beside, Oddity } from './own';
import { either, NONE, type Query } from './query';
import { checkComplete } from './search';

/** What a node on a busy machine has for a new index. */
const PATIENCE = '10m';

/** The index of one log source in one run. */
export class SourceIndex {
  readonly count: SourceCount = { expected: 0, indexed: 0 };
  readonly columns: Columns;
  /** What is odd about any of its documents. */
  readonly oddities = new Set<Oddity>();
  /** Fields that any of its documents names in `_ignored`. */
  private ignored: ReadonlySet<string> = new Set();

  /** Index fields that the requests' queries ask. */
  private readonly asked: ReadonlySet<string>;
  /** What its documents hold beside their records. */
  readonly beside: Beside;

  /** `requests` are those on this source; `contract` is null for records of which nothing is known. */
  constructor(
    readonly name: string,
    readonly id: string,
    private readonly contract: Contract | null,
    requests: MatchRequest[],
  ) {
    const wanted = requests.flatMap(({ fields }) => fields);
    this.columns = new Columns(new Set(wanted), contract === null ? {} : fieldsOf(contract));
    const compiled = requests.map(({ plan }) => this.compile(plan));
    this.asked = new Set(compiled.flatMap(({ asks }) => asks));
    const lists = Object.values(LISTS).filter((list) => this.asked.has(list) || this.asked.has(`${list}.folded`));
    this.beside = {
      lists: new Set(lists),
      odd: new Set(compiled.flatMap(({ odd }) => odd)),
      untyped: contract === null,
    };
  }

  compile(plan: Plan): Compiled {
    return compileQuery(plan, this.contract === null ? null : fieldsOf(this.contract), true);
  }

  /** Makes it, with as much as the requests need. */
  async create(client: Client): Promise<void> {
    const { asked, contract } = this;
    const columns = new Set(this.columns.all());
    const body = contract === null ? untypedIndex(asked) : indexFor(contract, { asked, columns });
    await asking('making an index', () =>
      client.indices.create({ index: this.name, ...body, timeout: PATIENCE, master_timeout: PATIENCE }),
    );
  }

  /** Makes the documents visible and counts them. Throws a Failure (3) when one is missing. */
  async verify(client: Client): Promise<void> {
    const index = this.name;
    await asking('refreshing an index', async () => checkComplete(await client.indices.refresh({ index }), index));
    const counted = await asking('counting', () => client.count({ index }));
    checkComplete(counted, index);
    this.count.indexed = counted.count;
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
    const answer = await asking('asking for ignored values', () =>
      client.search<unknown, { ignored: { buckets: { key: string }[] } }>({
        index: this.name,
        size: 0,
        aggs: { ignored: { terms: { field: '_ignored', size: 10_000 } } },
      }),
    );
    checkComplete(answer, this.name);
    return new Set(answer.aggregations?.ignored.buckets.map((bucket) => bucket.key));
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

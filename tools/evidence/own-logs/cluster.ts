import { errors, type Client, type estypes } from '@elastic/elasticsearch';
import { searchAnswer, type SearchAnswer } from '../../detection/elasticsearch/answers';
import { asFailure } from '../../detection/elasticsearch/client';
import { reasonOf } from '../../detection/elasticsearch/reason';
import { Failure } from '../../foundation/content/failure';

/** What was asked of a cluster, and what came back. */
export interface Traffic {
  requests: number;
  bytes: number;
}

/** A cluster that is only read: searches, and the fields of indices. */
export class ReadOnlyCluster {
  constructor(
    readonly client: Client,
    /** The client counts the bytes of its answers there. */
    readonly traffic: Traffic,
  ) {}

  /** Throws a `Failure` (3) in one sentence where the cluster refuses or can't answer. */
  async search(body: estypes.SearchRequest): Promise<SearchAnswer> {
    return this.asking(`a search of ${[body.index ?? []].flat().join(', ')}`, async () =>
      searchAnswer(await this.client.search(body)),
    );
  }

  /** Does something with the cluster; what it throws is the end of what was to be known. */
  async asking<T>(what: string, ask: () => Promise<T>): Promise<T> {
    this.traffic.requests++;
    try {
      return await ask();
    } catch (error) {
      if (error instanceof errors.ResponseError && error.statusCode === 403)
        throw new Failure(
          3,
          `this user may not do ${what}: ${reasonOf(error)}`,
          "the privileges 'read' and 'view_index_metadata' on the indices are enough",
        );
      throw asFailure(error, what);
    }
  }
}

import type { Contract } from '../../../tools/telemetry/contract';
import { parser } from '../../../tools/export/sentinel/parser';
import { shapeOf } from '../../../tools/export/sentinel/parsers';
import { customTable, functionName } from '../../../tools/export/sentinel/source';
import { CURVE_FUNCTION, CURVE_PARAMETERS, CURVE_PARSER } from '../../../tools/export/sentinel/watchlists';
import type { WholeContent } from '../../../tools/export/target';
import { Database, type SavedFunction } from './kusto';
import { CONNECTOR_TABLES } from './tables';

/** What a call gives as far as is known before it runs: the columns of a watchlist's rows are not. */
const WATCHLIST: SavedFunction = {
  parameters: 'watchlistAlias:string',
  body: 'datatable(SearchKey:string, LastUpdatedTimeUTC:datetime)[] | where SearchKey != watchlistAlias',
};

/** A workspace as the export makes it: the tables of sources and connectors, and the functions over them. */
export class Workspace {
  private readonly tables: Database;
  private known: Database | undefined;

  /** `native`: the functions of sources that a connector brings read its table. */
  constructor(
    private readonly content: WholeContent,
    private readonly native: boolean,
  ) {
    const contracts = [...content.contracts.values()];
    const own = contracts.map((contract) => [customTable(contract), 'TimeGenerated: datetime, Record: dynamic']);
    this.tables = new Database(
      { ...CONNECTOR_TABLES, ...(Object.fromEntries(own) as Record<string, string>) },
      { _GetWatchlist: WATCHLIST },
    );
  }

  /** What is wrong with the function of a source. */
  bindParser(contract: Contract): string[] {
    return this.tables.bind(this.parserOf(contract));
  }

  /** The columns of the function of a source with their types. */
  parserColumns(contract: Contract): Record<string, string> {
    return this.tables.columns(this.parserOf(contract));
  }

  /** What is wrong with a query over the tables. */
  bindOverTables(query: string): string[] {
    return this.tables.bind(query);
  }

  /** What is wrong with a query over the functions. */
  bind(query: string): string[] {
    return this.functions().bind(query);
  }

  /** The columns of such a query's answer with their types. */
  columns(query: string): Record<string, string> {
    return this.functions().columns(query);
  }

  /** The functions by their columns: for those that call one no more of it counts, and it is bound once. */
  private functions(): Database {
    if (this.known) return this.known;
    const functions: Record<string, SavedFunction> = {
      _GetWatchlist: WATCHLIST,
      [CURVE_FUNCTION]: { parameters: CURVE_PARAMETERS, body: CURVE_PARSER },
    };
    for (const contract of this.content.contracts.values()) {
      const columns = Object.entries(this.parserColumns(contract));
      const schema = columns.map(([name, type]) => `["${name}"]: ${type}`).join(', ');
      functions[functionName(contract)] = { parameters: '', body: `datatable(${schema})[]` };
    }
    return (this.known = new Database({}, functions));
  }

  private parserOf(contract: Contract): string {
    return parser(contract, this.native ? shapeOf(this.content, contract) : undefined);
  }
}

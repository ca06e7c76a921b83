import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runInThisContext } from 'node:vm';

/** What is used of Kusto's language service, which is written in C# and translated: its constructors have numbers. */
interface Service {
  KustoCode: { ParseAndAnalyze(query: string, globals: unknown): Code };
  GlobalState: { Default: { WithDatabase(database: unknown): unknown } };
  Syntax: { LiteralExpression: unknown };
  Symbols: {
    TableSymbol: { From(columns: string): { WithName(name: string): unknown } };
    FunctionSymbol: { $ctor16: new (name: string, parameters: string, body: string, description: string) => unknown };
    DatabaseSymbol: { $ctor1: new (name: string, members: unknown[], isOpen: boolean) => unknown };
  };
}

interface Code {
  GetDiagnostics(): { Count: number; getItem(index: number): { Message: string; Start: number; End: number } };
  ResultType: { Columns?: { Count: number; getItem(index: number): { Name: string; Type: { Name: string } } } } | null;
  Syntax: { GetDescendants(type: unknown): { Count: number; getItem(index: number): { LiteralValue: unknown } } };
}

let loaded: Service | undefined;

/** Kusto's parser and binder. Its files are scripts that define globals. */
function service(): Service {
  if (loaded) return loaded;
  const folder = dirname(require.resolve('@kusto/language-service-next/package.json'));
  for (const file of ['bridge.min.js', 'Kusto.Language.Bridge.min.js'])
    runInThisContext(readFileSync(join(folder, file), 'utf8'), { filename: file });
  loaded = (globalThis as unknown as { Kusto: { Language: Service } }).Kusto.Language;
  return loaded;
}

/** A saved function: its parameters in parentheses, and its body. */
export interface SavedFunction {
  parameters: string;
  body: string;
}

/** A database of tables, by their names with their columns, and functions; `bind` says what is wrong with a query on it. */
export class Database {
  private readonly globals: unknown;
  /** What has been bound, since binding is what takes long. */
  private readonly known = new Map<string, Code>();

  constructor(tables: Readonly<Record<string, string>>, functions: Readonly<Record<string, SavedFunction>>) {
    const { Symbols, GlobalState } = service();
    const members = [
      ...Object.entries(tables).map(([name, columns]) => Symbols.TableSymbol.From(`(${columns})`).WithName(name)),
      ...Object.entries(functions).map(
        ([name, { parameters, body }]) => new Symbols.FunctionSymbol.$ctor16(name, `(${parameters})`, `{${body}}`, ''),
      ),
    ];
    this.globals = GlobalState.Default.WithDatabase(new Symbols.DatabaseSymbol.$ctor1('Sentinel', members, false));
  }

  bind(query: string): string[] {
    return messagesOf(query, this.analyzed(query));
  }

  /** The columns of a query's answer with their types. */
  columns(query: string): Record<string, string> {
    const columns = this.analyzed(query).ResultType?.Columns;
    const all = Array.from({ length: columns?.Count ?? 0 }, (_, index) => columns!.getItem(index));
    return Object.fromEntries(all.map(({ Name, Type }) => [Name, Type.Name]));
  }

  private analyzed(query: string): Code {
    const code = this.known.get(query) ?? service().KustoCode.ParseAndAnalyze(query, this.globals);
    this.known.set(query, code);
    return code;
  }
}

/** The texts that a query has as constants, in their order. Throws where it is no query. */
export function textConstants(query: string): string[] {
  const code = service().KustoCode.ParseAndAnalyze(query, service().GlobalState.Default);
  const wrong = messagesOf(query, code);
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
  const found = code.Syntax.GetDescendants(service().Syntax.LiteralExpression);
  const values = Array.from({ length: found.Count }, (_, index) => found.getItem(index).LiteralValue);
  return values.filter((value) => typeof value === 'string');
}

function messagesOf(query: string, code: Code): string[] {
  const found = code.GetDiagnostics();
  return Array.from({ length: found.Count }, (_, index) => {
    const { Message, Start, End } = found.getItem(index);
    return `${Message} (${query.slice(Math.max(0, Start - 40), End + 20)})`;
  });
}

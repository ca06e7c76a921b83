import jsonata from 'jsonata';
import type { Machine, MachineState } from '../../../tools/export/aws/machine';

/** Answers a call of a service; throws where the service says no. */
export type Service = (args: Record<string, unknown>) => unknown;

/** How an execution ended. */
export type Ended = { status: 'SUCCEEDED'; output: unknown } | { status: 'FAILED'; error: string; cause: string };

class StateError extends Error {}

type Variables = Record<string, unknown>;

const DEFINITIONS = { Bucket: 'bucket', Topic: 'topic', WorkGroup: 'group' };

/**
 * Runs a state machine with JSONata's own implementation for its expressions, and functions for the services, by the name of the API. It knows the states and keys that ours have, and
 * throws for any other. It is a stand-in: what AWS's interpreter does where it differs is not shown by it.
 */
export async function execute(
  machine: Machine,
  input: unknown,
  services: Readonly<Record<string, Service>>,
  now: () => number = () => 1_785_000_000_000,
): Promise<Ended> {
  const substituted = JSON.parse(
    Object.entries(DEFINITIONS).reduce(
      (text, [name, value]) => text.replaceAll(`\${${name}}`, value),
      JSON.stringify(machine),
    ),
  ) as Machine;
  const run = new Execution(services, now);
  try {
    return { status: 'SUCCEEDED', output: await run.states(substituted, input, {}) };
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    return { status: 'FAILED', error: error.message, cause: error.state };
  }
}

class Failed extends Error {
  constructor(
    error: string,
    readonly state: string,
  ) {
    super(error);
  }
}

class Execution {
  constructor(
    private readonly services: Readonly<Record<string, Service>>,
    private readonly now: () => number,
  ) {}

  async states(
    { StartAt, States }: Pick<Machine, 'StartAt' | 'States'>,
    given: unknown,
    variables: Variables,
  ): Promise<unknown> {
    let [name, input] = [StartAt, given];
    for (;;) {
      const state = States[name];
      if (!state) throw new TypeError(`there is no state ${name}`);
      const step = await this.step(state, input, variables);
      if (step.next === undefined) return step.output;
      [name, input] = [step.next, step.output];
    }
  }

  private async step(
    state: MachineState,
    input: unknown,
    variables: Variables,
  ): Promise<{ next?: string; output: unknown }> {
    try {
      return await this.attempt(state, input, variables);
    } catch (error) {
      const [caught] = (state['Catch'] as { Next: string; Output: unknown }[] | undefined) ?? [];
      if (!(error instanceof StateError) || !caught) {
        if (error instanceof StateError) throw new Failed(error.message, JSON.stringify(input));
        throw error;
      }
      const output = await this.value(caught.Output, { input, errorOutput: { Error: error.message } }, variables);
      return { next: caught.Next, output };
    }
  }

  private async attempt(
    state: MachineState,
    input: unknown,
    variables: Variables,
  ): Promise<{ next?: string; output: unknown }> {
    const of = (expression: unknown, result?: unknown) => this.value(expression, { input, result }, variables);
    const go = async (result: unknown) => {
      const assigned = (await of(state['Assign'] ?? {}, result)) as Variables;
      const output = 'Output' in state ? await of(state['Output'], result) : result;
      Object.assign(variables, assigned);
      return { ...(state['End'] !== true && { next: state['Next'] as string }), output };
    };
    switch (state['Type']) {
      case 'Succeed':
        return { output: input };
      case 'Fail':
        throw new Failed(String(await of(state['Error'])), String(await of(state['Cause'])));
      case 'Pass':
        return go(input);
      case 'Choice': {
        for (const { Condition, Next } of state['Choices'] as { Condition: string; Next: string }[])
          if ((await of(Condition)) === true) return { next: Next, output: input };
        return { next: state['Default'] as string, output: input };
      }
      case 'Task': {
        const api = String(state['Resource']).replace(/^arn:aws:states:::/, '');
        const service = this.services[api];
        if (!service) throw new TypeError(`nothing answers for ${api}`);
        const args = (await of(state['Arguments'])) as Record<string, unknown>;
        let result: unknown;
        try {
          result = service(args);
        } catch (error) {
          throw new StateError(String(error));
        }
        return go(result);
      }
      case 'Map': {
        const items = await of(state['Items']);
        if (!Array.isArray(items)) throw new TypeError(`Items are no list: ${JSON.stringify(items)}`);
        const results: unknown[] = [];
        for (const item of items)
          results.push(
            await this.states(state['ItemProcessor'] as Machine, item, Object.create(variables) as Variables),
          );
        return go(results);
      }
      default:
        throw new TypeError(`there are no states of type ${String(state['Type'])} here`);
    }
  }

  /** A value with its expressions evaluated; one that gives nothing is an error, as it is in AWS. */
  private async value(value: unknown, states: Record<string, unknown>, variables: Variables): Promise<unknown> {
    if (Array.isArray(value)) return Promise.all(value.map((one) => this.value(one, states, variables)));
    if (typeof value === 'object' && value !== null) {
      const entries = Object.entries(value).map(
        async ([key, one]) => [key, await this.value(one, states, variables)] as const,
      );
      return Object.fromEntries(await Promise.all(entries));
    }
    const expression = typeof value === 'string' ? /^\{%(.*)%\}$/s.exec(value)?.[1] : undefined;
    if (expression === undefined) return value;
    const context = { StateMachine: { Id: 'machine' }, State: { EnteredTime: new Date(this.now()).toISOString() } };
    const compiled = jsonata(expression);
    compiled.registerFunction('parse', (text: string) => JSON.parse(text) as unknown, '<s:x>');
    const bound: Variables = { states: { ...states, context } };
    for (const name in variables) bound[name] = variables[name];
    const result: unknown = await compiled.evaluate({}, bound);
    if (result === undefined) throw new StateError(`nothing comes of ${expression}`);
    return JSON.parse(JSON.stringify(result)) as unknown;
  }
}

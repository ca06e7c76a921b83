import type { Contract } from '../../telemetry/contract';
import type { Shape } from '../../telemetry/shape';
import type { WholeContent } from '../target';
import { parserResource, tableResource, template, type Resource } from './arm';
import { parser } from './parser';
import { customTable, functionName } from './source';
import { CURVE_FUNCTION, CURVE_PARAMETERS, CURVE_PARSER } from './watchlists';
import { parserYaml } from './yaml';

/** The platform of the shapes that are Sentinel's own tables. */
const PLATFORM = 'sentinel';

/** The shape of the table that a connector fills with a source's records; none where no connector is known. */
export function shapeOf({ shapes }: WholeContent, { id }: Contract): Shape | undefined {
  return shapes.find((shape) => shape.platform === PLATFORM && shape.id === id);
}

/** The saved functions of all sources, over their own tables and over connectors', and the templates of these and of the tables. */
export function parserFiles(content: WholeContent): Map<string, string> {
  const files = new Map<string, string>();
  const resources: Resource[] = [];
  const contracts = [...content.contracts.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const contract of contracts) {
    const { id, title } = contract;
    const name = functionName(contract);
    const own = parser(contract);
    const shape = shapeOf(content, contract);
    files.set(`parsers/${id}.yaml`, parserYaml(name, `${title}, from ${customTable(contract)}`, own));
    resources.push(parserResource(name, title, own, shape ? { native: { source: id, is: false } } : {}));
    if (!shape) continue;
    const native = parser(contract, shape);
    files.set(`parsers/native/${id}.yaml`, parserYaml(name, `${title}, from ${shape.index}`, native));
    resources.push(parserResource(name, title, native, { native: { source: id, is: true } }));
  }
  const curves = 'Points of the curves that limits come from';
  files.set('parsers/curves.yaml', parserYaml(CURVE_FUNCTION, curves, CURVE_PARSER, CURVE_PARAMETERS));
  resources.push(parserResource(CURVE_FUNCTION, curves, CURVE_PARSER, { parameters: CURVE_PARAMETERS }));
  files.set('arm/parsers.json', template(resources, true));
  files.set('arm/tables.json', template(contracts.map(tableResource)));
  return files;
}

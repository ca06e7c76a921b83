import { expect } from 'chai';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadShapes } from '../../tools/telemetry/shape-load';
import { repositoryContracts } from './contracts';

const FOLDER = join(__dirname, '..', '..', 'schemas', 'shapes');

describe('shapes of indices', () => {
  const contracts = repositoryContracts();
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tollgate-shapes-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  /** What is found of a shape of the repository, with a text in it replaced. */
  const found = (from: string | RegExp, to: string, path = 'elastic/okta.system.yml'): string[] => {
    const text = readFileSync(join(FOLDER, 'elastic', 'okta.system.yml'), 'utf8');
    const changed = text.replace(from, to);
    if (from !== '') expect(changed).to.not.equal(text);
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, changed);
    const { shapes, diagnostics } = loadShapes(folder, contracts);
    expect(shapes.length).to.equal(diagnostics.length === 0 ? 1 : 0);
    return diagnostics.map(({ message }) => message);
  };

  it('are all without an error, and say of each field of their contract where it is or why it is not there', () => {
    const { shapes, diagnostics } = loadShapes(FOLDER, contracts);
    expect(diagnostics).to.deep.equal([]);
    expect(shapes).to.have.length.greaterThan(6);
    expect(found('', '')).to.deep.equal([]);
  });

  it('stand in a file and a folder of their names', () => {
    expect(found('', '', 'elastic/okta.yml')).to.deep.equal([
      "the shape is of 'okta.system', but its file is called 'okta.yml'",
    ]);
    expect(found('', '', 'other/okta.system.yml')).to.include("the platform is 'elastic', but the folder is 'other'");
  });

  it('are of a contract, and name its fields and no others, each once', () => {
    expect(found('id: okta.system', 'id: okta.sytem')).to.include("there is no telemetry contract 'okta.sytem'");
    expect(found('  actor.id:', '  actor.ids:')).to.deep.equal([
      "nothing is said of the contract's field 'actor.id'",
      "'actor.ids' is not a field of this contract",
    ]);
    expect(found('  legacyEventType:', '  actor.id:')).to.have.members([
      "nothing is said of the contract's field 'legacyEventType'",
      "'actor.id' is among the fields and among those that are lacking",
    ]);
  });

  it('name a file that proves each field', () => {
    expect(
      found('type: boolean, evidence: seen, file: fields', 'type: boolean, evidence: seen, file: files'),
    ).to.deep.equal(["'files' is not one of the files"]);
  });

  it('name the field of which a part of a flattened field is one', () => {
    const root = ', root: okta.debug_context.debug_data.flattened';
    expect(found(root, '')).to.deep.equal(["'okta.debug_context.debug_data.flattened.phoneNumber' is not part of ''"]);
    expect(found(root, ', root: okta.other')).to.deep.equal([
      "'okta.debug_context.debug_data.flattened.phoneNumber' is not part of 'okta.other'",
    ]);
    expect(found('okta.uuid, type: keyword', 'okta.uuid, type: keyword, root: okta')).to.deep.equal([
      'a field of type keyword is a part of no other',
    ]);
  });

  it('say where lists of objects are', () => {
    const list = "'target' is a list of objects, so lists must say where it is";
    expect(found('lists: {target: okta.target}\n', '')).to.deep.equal([list, list, list, list]);
    expect(found('{target: okta.target}', '{target: okta.target, actor: okta.actor}')).to.deep.equal([
      "the contract has no list of objects 'actor'",
    ]);
  });

  it('have what the schema asks for', () => {
    expect(found('evidence: usual', 'evidence: heard').join()).to.include('heard');
  });
});

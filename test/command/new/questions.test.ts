import { expect } from 'chai';
import { PassThrough } from 'node:stream';
import { Failure } from '../../../tools/foundation/content/failure';
import { answer, type Question } from '../../../tools/command/new/questions';

const QUESTIONS: Question[] = [
  { key: 'name', flag: '<name>', about: 'its name' },
  {
    key: 'source',
    flag: '--source <id>',
    about: 'its source',
    check: (id) => {
      if (id !== 'shop.sms') throw new Failure(2, `there is no source '${id}'`);
    },
  },
  {
    key: 'where',
    flag: '--where <text...>',
    about: 'which',
    several: true,
    offer: ({ source }) => [`of=${String(source)}`],
  },
  { key: 'level', flag: '--level <level>', about: 'its level', otherwise: () => 'medium' },
];

describe('questions about something new', () => {
  const asked = async (lines: string, given = {}) => {
    const input = new PassThrough();
    const output = new PassThrough();
    input.end(lines);
    const answers = await answer(QUESTIONS, given, { input, output });
    return { answers, said: String(output.read()) };
  };

  it('are asked until the answer is one, and an empty line takes what is offered', async () => {
    const { answers, said } = await asked('it\nshop\nshop.sms\n\n');
    expect(answers).to.deep.equal({ name: 'it', source: 'shop.sms', where: ['of=shop.sms'], level: 'medium' });
    expect(said).to.equal("its name: its source: there is no source 'shop'\nits source: which [of=shop.sms]: ");
  });

  it('are not asked of what was given, and several answers have spaces between', async () => {
    const { answers, said } = await asked('a=1 b=2\n', { name: 'it', source: 'shop.sms', level: 'low' });
    expect(answers).to.deep.equal({ name: 'it', source: 'shop.sms', where: ['a=1', 'b=2'], level: 'low' });
    expect(said).to.equal('which [of=shop.sms]: ');
  });

  const messageOf = (promise: Promise<unknown>): Promise<string> =>
    promise.then(
      () => 'no error',
      (error: Failure) => `${error.exitCode}: ${error.message}`,
    );

  it('end the command where nobody answers', async () => {
    expect(await messageOf(asked('it\n'))).to.equal('2: there was no answer');
  });

  it('are all named where there is no terminal', async () => {
    expect(await messageOf(answer(QUESTIONS, {}, null))).to.equal(
      '2: missing: <name>, --source <id> and --where <text...>',
    );
    expect(await messageOf(answer(QUESTIONS, { name: 'it', source: 'x', where: ['y'] }, null))).to.equal(
      "2: there is no source 'x'",
    );
  });
});

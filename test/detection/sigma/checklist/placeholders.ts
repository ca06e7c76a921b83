import { one, rule, ruleOn, type Group } from './feature';

const SECTION = 'Rules, Placeholders';
const placeholders = { Servers: ['srv*', 'web'], name: ['x'], nets: ['10.0.0.0/8', '192.0.2.0/24'] };
const held = (...parts: Parameters<typeof one>) => ({ ...one(...parts), placeholders });

export const PLACEHOLDERS: Group = {
  title: 'Placeholders',
  features: [
    {
      name: '`expand`: each value of a placeholder, with its wildcards',
      section: SECTION,
      detects: [
        held({ 'a|expand': '%Servers%' }, [{ a: 'srv01' }, { a: 'WEB' }], [{ a: 'web1' }]),
        held({ 'a|contains|expand': '%name%-%name%' }, [{ a: 'ax-xb' }], [{ a: 'x' }]),
        held({ 'a|re|expand': '^%name%$' }, [{ a: 'x' }], [{ a: 'xx' }]),
        {
          ...held({ 'a|cidr|expand': '%nets%' }, [{ a: '192.0.2.1' }, { a: '10.1.2.3' }], [{ a: '11.0.0.1' }]),
          types: { a: 'ip' },
        },
      ],
    },
    {
      name: 'without `expand` a per cent sign is text',
      section: SECTION,
      detects: [held({ a: '%name%' }, [{ a: '%NAME%' }], [{ a: 'x' }])],
    },
    {
      name: '`\\%` is a plain per cent sign',
      section: SECTION,
      detects: [
        held({ 'a|expand': '\\%plain%name%' }, [{ a: '%plainx' }], [{ a: 'x' }]),
        held({ 'a|expand': 'C:\\\\%name%' }, [{ a: 'C:\\x' }], [{ a: 'C:%name%' }]),
      ],
    },
    {
      name: 'a placeholder without a value: the rule is refused, the others are not',
      section: SECTION,
      refuses: [
        {
          text: `${ruleOn({ s: { 'a|expand': '%unknown%' }, condition: 's' })}---\n${rule('')}`,
          code: 'unresolved-placeholder',
          left: 1,
        },
      ],
    },
  ],
};

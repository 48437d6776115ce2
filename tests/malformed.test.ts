import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProject, type Project } from './support/project.ts';

let project: Project;
beforeAll(async () => {
  project = await createProject('counters');
  await writeFile(
    join(project.folder, 'lamarck.config.ts'),
    `import { defineConfig } from 'lamarck';
import broken from './broken.ts';
import { reach } from './counter.ts';
export default defineConfig({ suites: { counters: [reach], broken: [broken] } });
`,
  );
});
afterAll(() => project[Symbol.asyncDispose]());

/** The text of a task file with one thing in it replaced. */
function brokenText(what: string | RegExp, by: string): string {
  const good = `import { defineEnvironment, defineTask } from 'lamarck';
import { z } from 'zod';
const door = defineEnvironment({
  name: 'door',
  params: z.object({ knocks: z.number() }),
  observation: z.object({ knocks: z.number() }),
  actions: { knock: z.object({}), leave: z.object({}) },
  evidence: z.object({ knocks: z.number() }),
  open: ({ params }) => {
    let knocks = 0;
    return {
      observe: () => ({ knocks }),
      act: { knock: () => { knocks++; }, leave: () => ({ done: true }) },
      evidence: () => ({ knocks }),
    };
  },
});
export default defineTask({
  name: 'door/knock',
  environment: door,
  generate: ({ random }) => { const knocks = random.int(1, 3); return { instruction: 'Knock ' + knocks + ' times.', params: { knocks } }; },
  verify: ({ evidence, params }) => evidence.knocks === params.knocks,
  oracle: function* ({ params }) { for (let at = 0; at < params.knocks; at++) yield { knock: {} }; yield { leave: {} }; },
});
`;
  const broken = good.replace(what, by);
  if (broken === good) throw new Error(`There is no ${what} to break.`);
  return broken;
}

async function breakTask(what: string | RegExp, by: string): Promise<void> {
  await writeFile(join(project.folder, 'broken.ts'), brokenText(what, by));
}

describe('a task file that is malformed', () => {
  it.each<[string, string | RegExp, string, RegExp]>([
    [
      'no environment',
      'environment: door,',
      '',
      /broken\.ts:\d+:\d+: .*"door\/knock" is not one:\n.*environment: make it with defineEnvironment\(\)\n.*at environment/s,
    ],
    [
      'a verifier that is none',
      'verify: (',
      "verify: 'yes', other: (",
      /broken\.ts:.*is not a function\n.*at verify/s,
    ],
    [
      'an oracle that is none',
      'oracle: function* ({ params }) {',
      'oracle: true as never, other: function* ({ params }) {',
      /at oracle/,
    ],
    ['neither tasks nor a generator', /generate: .*\n/, '', /neither generate\(\) nor instances/],
    [
      'members that nobody knows',
      'environment: door,',
      'environment: door, maxStep: 5, difficulty: 3,',
      /"door\/knock" is not one:\n.*no member "maxStep"; did you mean "maxSteps"\? has no member "difficulty"; did you mean "difficulties"/,
    ],
    [
      'members of an environment that nobody knows',
      "name: 'door',",
      "name: 'door', exklusive: true,",
      /"door" is not one:\n.*no member "exklusive"; did you mean "exclusive"/,
    ],
    [
      'a repeatability that is none',
      "name: 'door',",
      "name: 'door', repeatability: 'maybe' as never,",
      /"door" is not one:\n.*at repeatability/s,
    ],
    [
      'an episode of months',
      'environment: door,',
      'environment: door, timeLimit: 2e10,',
      /"door\/knock" is not one:\n.*86400000\n.*at timeLimit/s,
    ],
    [
      'an environment that nobody defined',
      'environment: door,',
      'environment: { open() {}, evidence: 1 } as never,',
      /make it with defineEnvironment\(\)\n.*at environment/s,
    ],
    ['a name that is a number', "name: 'door/knock'", 'name: 7 as never', /"7" is not one:\n.*at name/s],
    [
      'a name of two lines',
      "name: 'door/knock'",
      "name: 'door/\\u001b[31m\\nknock'",
      /cannot be seen\n.*at name/s,
    ],
    ['a name that leaves its folder', "name: 'door/knock'", "name: '../knock'", /suite\/family\n.*at name/s],
    [
      'a name that every object answers to',
      "name: 'door/knock'",
      "name: '__proto__'",
      /every object answers to\n.*at name/s,
    ],
    ['half a difficulty', "name: 'door/knock',", "name: 'door/knock', difficulties: 0.5,", /at difficulties/],
    ['no name', "name: 'door/knock',", "name: '',", /at name/],
    [
      'more time than there is',
      "name: 'door/knock',",
      "name: 'door/knock', timeLimit: 2e10,",
      /Too big.*\n.*at timeLimit/,
    ],
    [
      'an environment that was not made',
      'environment: door,',
      'environment: { open() {}, evidence: door.evidence } as never,',
      /make it with defineEnvironment\(\)\n.*at environment/,
    ],
    [
      'no actions',
      'actions: { knock: z.object({}), leave: z.object({}) },',
      'actions: {},',
      /broken\.ts:3:\d+: The environment "door" is not one:\n.*name at least one\n.*at actions/s,
    ],
    [
      'an action that is no schema',
      'knock: z.object({})',
      'knock: {}',
      /is not a schema: write it with zod\n.*at actions\.knock/s,
    ],
    [
      'evidence that is no schema',
      'evidence: z.object({ knocks: z.number() }),',
      "evidence: 'knocks',",
      /at evidence/,
    ],
    ['nothing to open', 'open: ({ params }) => {', 'opens: ({ params }) => {', /at open/],
    [
      'no default export',
      'export default defineTask',
      'export const task = defineTask',
      /broken\.ts.*default/,
    ],
    [
      'a name that is not there',
      'random.int(1, 3)',
      'dice(1, 3)',
      /could not generate seed \d+ .*dice is not defined/,
    ],
    [
      'parameters that go round in a circle',
      'params: { knocks } }; }',
      'params: ((all) => Object.assign(all, { all }))({ knocks }) }; }',
      /could not generate seed \d+ .*circular/i,
    ],
    [
      'parameters of another shape',
      'params: { knocks } }; }',
      "params: { knocks: 'two' } }; }",
      /do not fit the environment "door": knocks/,
    ],
    [
      'an instruction that is none',
      "'Knock ' + knocks + ' times.'",
      '7',
      /could not generate seed \d+ .*instruction/,
    ],
  ])('by %s is named, with its file and field', async (_, what, by, says) => {
    await breakTask(what, by);
    const { code, output, errors } = await project.lamarck('tasks', 'check', 'door/*', '--seeds', '2');
    expect(code).toBe(1);
    expect(output + errors).toMatch(says);
  });

  const FOUND: readonly (readonly [fault: string, what: string, by: string, says: RegExp])[] = [
    [
      'an oracle that goes round in circles',
      'yield { leave: {} };',
      'for (;;) yield { knock: {} };',
      /The oracle lost \d+ of \d+ tasks, .*step-limit.*Raise maxSteps/s,
    ],
    [
      'an oracle that is no generator',
      'function* ({ params }) { for (let at = 0; at < params.knocks; at++) yield { knock: {} }; yield { leave: {} }; },',
      '(() => ({ leave: {} })) as never,',
      /The oracle of "door\/knock" failed at .*: it is no generator function.*→ Write it as a generator function that yields/s,
    ],
    ['an oracle that throws', 'yield { leave: {} };', "throw new Error('locked');", /The oracle .*locked/s],
    [
      'an oracle whose action goes round in a circle',
      'yield { leave: {} };',
      'const leave: Record<string, unknown> = {}; leave.self = leave; yield { leave } as never;',
      /The oracle of "door\/knock" failed at seed 0, .* is no plain JSON: it goes round in a circle at leave\.self/,
    ],
    [
      'an oracle whose action has a bigint',
      'yield { leave: {} };',
      'yield { leave: { times: 1n } } as never;',
      /The oracle of "door\/knock" failed .* it has a bigint at leave\.times/,
    ],
    [
      'an oracle that loops before it yields',
      'yield { leave: {} };',
      'for (;;);',
      /The oracle of "door\/knock" failed at seed 0, difficulty 1: oracle\(\) did not return within 10 s/,
    ],
    [
      'a generator of tasks that loops',
      'const knocks = random.int(1, 3);',
      'for (;;); const knocks = 1;',
      /could not generate seed 0 at difficulty 1: generate\(\) did not return within 10 s/,
    ],
    [
      'a verifier that loops',
      '=> evidence.knocks === params.knocks',
      '=> { for (;;); }',
      /verify\(\) of "door\/knock" did not return within 30 s/,
    ],
    [
      'a look at the world that loops after it began to wait',
      'observe: () => ({ knocks }),',
      'observe: async () => { await null; for (;;); },',
      /Opening a session of the environment "door" \(open\(\) or the first look\) did not return within 30 s/,
    ],
    [
      'an action that nothing handles',
      'leave: () => ({ done: true })',
      '',
      /What open\(\) of the environment "door" returns has no function act\.leave/,
    ],
    [
      'a verifier that throws',
      'evidence.knocks === params.knocks',
      'evidence.bell.rings',
      /The verifier of "door\/knock" failed/,
    ],
    [
      'a verifier that says nothing',
      'evidence.knocks === params.knocks',
      'undefined as never',
      /The verifier of "door\/knock"/,
    ],
    [
      'evidence of another shape',
      'evidence: () => ({ knocks }),',
      "evidence: () => ({ knocks: 'many' }),",
      /The evidence of the environment "door" does not fit its schema:\n│ ✖ Invalid input: expected number, received string\n│ +→ at knocks/,
    ],
    [
      'an observation of another shape',
      'observe: () => ({ knocks }),',
      'observe: () => null as never,',
      /The observation of the environment "door" does not fit its schema:\n│ ✖ Invalid input: expected object, received null/,
    ],
    [
      'a schema that is asynchronous',
      'params: z.object({ knocks: z.number() })',
      'params: z.object({ knocks: z.number().refine(async () => true) })',
      /door\/knock completion: The check broke off: .*Promise/,
    ],
    [
      'a schema that throws',
      'params: z.object({ knocks: z.number() })',
      "params: z.object({ get knocks(): z.ZodNumber { throw new Error('no bell'); } })",
      /door\/knock completion: The check broke off: .*broken\.ts:5:\d+: no bell/,
    ],
    [
      'an environment that does not open',
      'let knocks = 0;',
      "let knocks = 0; throw new Error('no key');",
      /no key/,
    ],
  ];
  /** What never returns is waited for, and ends its world process: such families are checked one by one. */
  const isEndless = ([fault]: (typeof FOUND)[number]): boolean => /loops/.test(fault);
  const brief = FOUND.filter((specimen) => !isEndless(specimen));
  /** All others are checked by one command, each in a file and under a name of its own. */
  let checked: Awaited<ReturnType<Project['lamarck']>> | undefined;
  async function checkAll(): Promise<NonNullable<typeof checked>> {
    const places = brief.map((_, place) => place);
    for (const [place, [, what, by]] of brief.entries())
      await writeFile(
        join(project.folder, `broken-${place}.ts`),
        brokenText(what, by).replace("'door/knock'", `'door/knock-${place}'`),
      );
    await writeFile(
      join(project.folder, 'many.config.ts'),
      `import { defineConfig } from 'lamarck';
import { reach } from './counter.ts';
${places.map((place) => `import broken${place} from './broken-${place}.ts';`).join('\n')}
export default defineConfig({ suites: { counters: [reach], broken: [${places.map((place) => `broken${place}`).join(', ')}] } });
`,
    );
    return await project.lamarck('tasks', 'check', '--seeds', '2', '--config', 'many.config.ts');
  }

  it.each(brief.map((specimen, place) => [specimen[0], place, specimen[3]] as const))(
    'by %s is found by its check, and the others go on',
    async (_, place, says) => {
      const { code, output, errors } = (checked ??= await checkAll());
      expect(code).toBe(1);
      const named = says.source
        .replaceAll('door\\/knock', `door\\/knock-${place}`)
        .replaceAll('broken\\.ts', `broken-${place}\\.ts`);
      expect(output + errors).toMatch(new RegExp(named, says.flags));
      expect(output).toMatch(new RegExp(`^door/knock-${place} +(unsound|broken|unknown)`, 'm'));
      expect(output).toMatch(/counter\/reach +sound/);
    },
  );

  it.each(FOUND.filter(isEndless))(
    'by %s is found by its check, and the others go on',
    async (_, what, by, says) => {
      await breakTask(what, by);
      const { code, output, errors } = await project.lamarck('tasks', 'check', '--seeds', '2');
      expect(code).toBe(1);
      expect(output + errors).toMatch(says);
      expect(output).toMatch(/counter\/reach +sound/);
    },
  );
});

describe('a configuration that is malformed', () => {
  it.each<[string, string, RegExp]>([
    [
      'a member that throws',
      "{ get suites() { throw new Error('not today'); } }",
      /is not a valid configuration:\n.*not today\n.*at .*bad\.config\.ts:4:\d+/,
    ],
    [
      'a proxy that throws',
      "new Proxy({}, { get() { throw new Error('no entry'); } })",
      /bad\.config\.ts:4:\d+: no entry\n/,
    ],
    [
      'an await without end',
      'await new Promise(() => {})',
      /bad\.config\.ts could not be loaded: an `await` outside of its functions never ends\n.*Mend what it does there/,
    ],
    [
      'what it throws itself',
      "(() => { throw 'a fit'; })()",
      /bad\.config\.ts could not be loaded: a fit\n.*Mend what it does there/,
    ],
    [
      'a family of no name',
      '{ suites: { counters: [{ ...reach, name: 5 }] } }',
      /is not a task family: make it with defineTask\(\)\n.*at suites\.counters\[0\]/,
    ],
    [
      'a family that generates nothing',
      '{ suites: { counters: [{ ...reach, generate: 7 }] } }',
      /is not a task family.*\n.*at suites\.counters\[0\]/,
    ],
    [
      'a suite of too long a name',
      `{ suites: { ${'a'.repeat(300)}: [reach] } }`,
      /is not a valid configuration:\n.*\n.*at suites\.aaa/,
    ],
    [
      'pages that are no list',
      "{ suites: { pages: miniwob({ from: '.', pages: 'click-*' }) } }",
      /bad\.config\.ts:4:\d+: The options of miniwob\(\) do not fit:\n.*expected array.*\n.*at pages/,
    ],
    [
      'a place that is a number',
      '{ suites: { pages: miniwob({ from: 5 }) } }',
      /bad\.config\.ts:4:\d+: The options of miniwob\(\) do not fit:\n.*expected string.*\n.*at from/,
    ],
    [
      'a format that is none',
      "{ suites: { rows: jsonl({ from: 'rows.csv', format: 'csv' }) } }",
      /bad\.config\.ts:4:\d+: The options of jsonl\(\) do not fit:\n.*There is no format "csv"/,
    ],
  ])('by %s is told in sentences', async (_, exported, says) => {
    await writeFile(
      join(project.folder, 'bad.config.ts'),
      `import { jsonl, miniwob } from 'lamarck/tasks';
import { reach } from './counter.ts';
void [reach, jsonl, miniwob];
export default ${exported};
`,
    );
    const { code, errors } = await project.lamarck('tasks', 'list', '--config', 'bad.config.ts');
    expect(code).toBe(1);
    expect(errors).toMatch(says);
    expect(errors).not.toMatch(/^ +at .*:\d+:\d+\)?$/m);
  });
});

it.each([
  ['throws', "throw new Error('no door'); return", /door\/knock .*could not generate seed 0 .*no door/],
  ['loops', 'for (;;); return', /door\/knock .*generate\(\) did not return within 10 s/],
])('of which the generator %s is listed as broken, beside the others', async (_, by, says) => {
  await breakTask('return { instruction', `${by} { instruction`);
  const { code, output } = await project.lamarck('tasks', 'list');
  expect(code).toBe(0);
  expect(output).toMatch(/counter\/reach +counters/);
  expect(output).toMatch(/door\/knock +broken +broken/);
  expect(output).toMatch(says);
});

it('of which the verifier loops ends a single episode with its name', async () => {
  await breakTask('=> evidence.knocks === params.knocks', '=> { for (;;); }, timeLimit: 2_000');
  const { code, output, errors } = await project.lamarck('run', 'door/knock', '--agent', 'oracle');
  expect(code).toBe(1);
  expect(output + errors).toMatch(/verify\(\) of "door\/knock" did not return within 2 s/);
});

it('without a reference solution is told apart from what is sound, and is no failure', async () => {
  await breakTask(/oracle: .*\n/, '');
  const { code, output } = await project.lamarck('tasks', 'check', '--seeds', '2');
  expect(output).toMatch(/door\/knock +unchecked/);
  expect(output).toMatch(/^1 of 2 sound;.*\n1 unchecked: without a reference solution/m);
  expect(output).toMatch(
    /^unknown leaks: there are no pages among the parameters \(counter\/reach and 1 more\)$/m,
  );
  expect(code).toBe(0);
});

describe('a module that the configuration imports, directly or not', () => {
  const written = (name: string, text: string) => writeFile(join(project.folder, name), text);

  it.each<[string, Record<string, string>, RegExp, RegExp]>([
    [
      'in TypeScript that cannot be read',
      { 'broken.ts': 'export default {\n  name: (1, ;\n};\n' },
      /\/broken\.ts:2: Expression expected, so .*lamarck\.config\.ts could not be loaded\./,
      /→ Mend that line/,
    ],
    [
      'with an enum',
      { 'broken.ts': '\nexport enum Side { Left }\n' },
      /\/broken\.ts:2: TypeScript enum is not supported/,
      /→ .*no enums or namespaces/,
    ],
    [
      'in JavaScript that cannot be read',
      {
        'broken.ts': "export { default } from './further.js';\n",
        'further.js': 'const one = 1;\nconst one = 2;\n',
      },
      /\/further\.js:2:7: Identifier 'one' has already been declared, so /,
      /→ Mend that line/,
    ],
    [
      'that asks for what is not exported',
      { 'broken.ts': "\n\nimport { nothing } from './counter.ts';\nexport default nothing;\n" },
      /\/broken\.ts:3: .*does not provide an export named 'nothing'/,
      /→ Export it there/,
    ],
    [
      'that throws',
      { 'broken.ts': "\nthrow new Error('not today');\nexport default {};\n" },
      /\/broken\.ts:2:\d+: not today, so /,
      /→ Mend what it does there/,
    ],
    [
      'that is not there',
      { 'broken.ts': "import './nowhere';\n" },
      /Cannot find module '.*nowhere' imported from .*broken\.ts/,
      /→ .*with their \.ts ending/,
    ],
  ])('%s is named by its file and line', async (_, files, says, remedy) => {
    for (const [name, text] of Object.entries(files)) await written(name, text);
    const { code, errors } = await project.lamarck('tasks', 'list');
    expect(code).toBe(1);
    expect(errors).toMatch(says);
    expect(errors).toMatch(remedy);
    expect(errors).toContain('LAMARCK_CONFIG_BROKEN');
  });
});

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { brokenText } from '../support/broken-task.ts';
import { createProject, type CommandResult, type Project } from '../support/project.ts';

describe('a task family that is broken', () => {
  const FAULTS: readonly (readonly [
    fault: string,
    what: string,
    by: string,
    says: RegExp,
    timeLimit?: number,
  ])[] = [
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
    // What never returns is waited for as long as its family allows. The honest work before it takes milliseconds, in processes that
    // the families above have started.
    [
      'an oracle that loops before it yields',
      'yield { leave: {} };',
      'for (;;);',
      /The oracle of "door\/knock" failed at seed 0, difficulty 1: oracle\(\) did not return within 2 s/,
      2_000,
    ],
    [
      'a generator of tasks that loops',
      'const knocks = random.int(1, 3);',
      'for (;;); const knocks = 1;',
      /could not generate seed 0 at difficulty 1: generate\(\) did not return within 0\.5 s/,
      500,
    ],
    [
      'a verifier that loops',
      '=> evidence.knocks === params.knocks',
      '=> { for (;;); }',
      /verify\(\) of "door\/knock" did not return within 2 s/,
      2_000,
    ],
    [
      'a look at the world that loops after it began to wait',
      'observe: () => ({ knocks }),',
      'observe: async () => { await null; for (;;); },',
      /Opening a session of the environment "door" \(open\(\) or the first look\) did not return within 1 s/,
      1_000,
    ],
  ];

  let project: Project;
  let checked: CommandResult;
  /**
   * All are checked by one command, each in a file and under a name of its own. A sound one comes after them, but for the last, whose
   * environment process is stuck for half a minute.
   */
  beforeAll(async () => {
    project = await createProject('counters');
    const names = FAULTS.map((_, place) => `broken${place}`);
    for (const [place, [, what, by, , timeLimit]] of FAULTS.entries()) {
      const named = brokenText(what, by).replace("'door/knock'", `'door/knock-${place}'`);
      const limited = timeLimit === undefined ? '' : `timeLimit: ${timeLimit},`;
      await writeFile(
        join(project.folder, `broken-${place}.ts`),
        named.replace('environment: door,', `environment: door, ${limited}`),
      );
    }
    await writeFile(
      join(project.folder, 'lamarck.config.ts'),
      `import { defineConfig } from 'lamarck';
import { reach } from './counter.ts';
${names.map((name, place) => `import ${name} from './broken-${place}.ts';`).join('\n')}
export default defineConfig({
  suites: { broken: [${names.slice(0, -1).join(', ')}], counters: [reach], last: [${names.at(-1)}] },
});
`,
    );
    checked = await project.lamarck('tasks', 'check', '--seeds', '2');
  });
  afterAll(() => project[Symbol.asyncDispose]());

  it.each(FAULTS.map((specimen, place) => [specimen[0], place, specimen[3]] as const))(
    'by %s is found by its check, and the others go on',
    (_, place, says) => {
      const { code, output, errors } = checked;
      expect(code).toBe(1);
      const named = says.source
        .replaceAll('door\\/knock', `door\\/knock-${place}`)
        .replaceAll('broken\\.ts', `broken-${place}\\.ts`);
      expect(output + errors).toMatch(new RegExp(named, says.flags));
      expect(output).toMatch(new RegExp(`^door/knock-${place} +(unsound|broken|unknown)`, 'm'));
      expect(output).toMatch(/counter\/reach +sound/);
    },
  );
});

/** The text of the file of a task family `door/knock` with one thing in it replaced. */
export function brokenText(what: string | RegExp, by: string): string {
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

/** Faults planted in the modules of the repairs whose mend is one edit, as lessons: what planted faults teach without running anything. */
import { tryingFacts } from '../../agents/scout/repairs/mend-facts.ts';
import type { Choice } from '../../agents/scout/repairs/mend-order.ts';
import { createRandom, isModuleText, mutationsOf } from '../../src/agent/index.ts';
import { makeTask, splitSeed } from '../../src/task/index.ts';
import { repairs } from '../../tasks/repairs/index.ts';

/** Tasks of each family; each tells of up to 40 faults that could be planted, of which two are taken. */
const TASKS = 18;
const FAULTS = 2;

export function plantedLessons(): Choice[] {
  const random = createRandom('planted lessons');
  return repairs.flatMap((family) =>
    Array.from({ length: TASKS }, (_, at) => makeTask(family, splitSeed('train', 1, at), 1)).flatMap(
      (task) => {
        const { goal, faults } = task.params as {
          goal: string;
          faults: readonly (readonly { start: number; end: number; replacement: string }[])[];
        };
        return Array.from({ length: FAULTS }, () => random.pick(faults)[0]).flatMap((fault) =>
          fault === undefined
            ? []
            : lessonOf(goal.slice(0, fault.start) + fault.replacement + goal.slice(fault.end), goal),
        );
      },
    ),
  );
}

function lessonOf(faulty: string, right: string): Choice[] {
  if (!isModuleText(faulty)) return [];
  const mutations = mutationsOf(faulty);
  const chosen = mutations.flatMap(({ start, end, replacement }, at) =>
    faulty.slice(0, start) + replacement + faulty.slice(end) === right ? [at] : [],
  );
  if (chosen.length === 0) return [];
  const edits = mutations.map(({ kind, line, nth }) => ({ path: 'module', kind, line, nth }));
  const untested = { tests: [], results: null, ran: null, probed: [], left: 0 };
  const factsOf = tryingFacts({ module: 'module', files: { module: faulty }, ...untested }, edits);
  const facts = edits.map((edit) => factsOf(edit).filter((fact) => !/^(what|run by) /.test(fact)));
  return [{ facts, chosen, isRight: true }];
}

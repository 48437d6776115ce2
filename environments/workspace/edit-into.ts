import { Mutations, type MutationName } from './mutating.ts';

type EditAction = { mutate: MutationName } | { edit: { path: string; old: string; new: string } };

/** The action that makes one text of another: a typed edit where there is one, else a passage replaced. For reference solutions. */
export function editInto(path: string, text: string, goal: string): EditAction {
  const mutations = new Mutations();
  const mutate = mutations.namesIn(path, text).find((name) => mutations.apply(text, name) === goal);
  return mutate ? { mutate } : { edit: { path, ...passageOf(text, goal) } };
}

/** The lines in which two texts differ, with as many around as make them the only such passage. */
function passageOf(text: string, goal: string): { old: string; new: string } {
  const [lines, others] = [text.split('\n'), goal.split('\n')];
  let head = 0;
  while (head < lines.length && head < others.length && lines[head] === others[head]) head++;
  let tail = 0;
  while (
    tail < lines.length - head &&
    tail < others.length - head &&
    lines.at(-1 - tail) === others.at(-1 - tail)
  )
    tail++;
  for (;;) {
    const old = lines.slice(head, lines.length - tail).join('\n');
    if (old !== '' && text.split(old).length === 2)
      return { old, new: others.slice(head, others.length - tail).join('\n') };
    if (head > 0) head--;
    else if (tail > 0) tail--;
    else return { old: text, new: goal };
  }
}

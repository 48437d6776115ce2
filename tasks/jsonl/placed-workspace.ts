import { resolve } from 'node:path';
import { LamarckError } from 'lamarck';
import { workspace } from 'lamarck/environments';
import type { FunctionTask } from './formats.ts';
import { placeIn, type Row } from './reading.ts';

/**
 * `workspace`, where a task that cannot be played is told by its place in the data. The place stands beside the parameters, not in
 * them: a file that is moved, or gets a line more, has the same tasks.
 *
 * @param path the file in the workspace that holds a task's text
 */
export function placedWorkspace(
  path: string,
  from: string,
  rows: readonly Row<FunctionTask>[],
): typeof workspace {
  const places = new Map(
    rows.map(({ place, columns: { id, text, instruction, hidden } }) => [
      keyOf(instruction, text, hidden),
      `${placeIn(resolve(from), place)} ("${id}")`,
    ]),
  );
  return {
    ...workspace,
    open: async (context) => {
      try {
        return await workspace.open(context);
      } catch (error) {
        const { instruction, params } = context;
        const script = 'script' in params.hidden ? params.hidden.script : '';
        const place = places.get(keyOf(instruction, params.files[path] ?? '', script));
        if (place === undefined || !LamarckError.isInstance(error)) throw error;
        const { code, boundary } = error;
        throw new LamarckError({
          code,
          boundary,
          message: `${place}: ${error.message.replace(/\.+$/, '.')}`,
          remedy: 'Mend the row, or leave it out.',
          cause: error,
        });
      }
    },
  };
}

function keyOf(...written: string[]): string {
  return JSON.stringify(written);
}

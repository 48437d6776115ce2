import { pristine } from './pristine.ts';

/** A state value as text: `acting.filling`; the regions of a parallel state are joined by ` | `. */
export function dottedState(value: unknown, prefix = ''): string {
  if (typeof value === 'string') return prefix + value;
  if (value === null || typeof value !== 'object') return '';
  let text = '';
  const names = pristine.keys(value);
  for (let index = 0; index < names.length; index++) {
    const name = prefix + (names[index] as string);
    const region = dottedState((value as Record<string, unknown>)[names[index] as string], `${name}.`);
    text += (index === 0 ? '' : ' | ') + (region === '' ? name : region);
  }
  return text;
}

/** XState's internal event names in a reader's words; an agent's own events keep theirs. */
export function readableEvent(type: string, isAlways: boolean): string {
  if (isAlways) return 'always';
  if (startsWith(type, 'xstate.init')) return 'start';
  if (startsWith(type, 'xstate.done.')) return 'done';
  if (startsWith(type, 'xstate.error.')) return 'failed';
  if (startsWith(type, 'xstate.after.')) return 'after';
  if (startsWith(type, 'xstate.snapshot.')) return 'snapshot';
  if (startsWith(type, 'xstate.') || startsWith(type, '@xstate.')) return 'internal';
  return type;
}

function startsWith(text: string, start: string): boolean {
  for (let index = 0; index < start.length; index++) if (text[index] !== start[index]) return false;
  return true;
}

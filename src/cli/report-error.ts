import { LamarckError, messageOf, remedyInWords } from '../protocol/index.ts';
import { paragraph, style, styled } from './styled-text.ts';
import { systemFault } from '../engine/index.ts';
import { notice } from './terminal.ts';

/** Prints an error as its sentence and its remedy; the code stands behind for looking up. Returns the exit code. */
export function reportError(thrown: unknown): number {
  const error = systemFault(thrown) ?? thrown;
  const mark = style('red', 'error');
  if (!LamarckError.isInstance(error)) {
    const text = error instanceof Error ? (error.stack ?? messageOf(error)) : messageOf(error);
    notice(styled`${mark} ${paragraph(text)}`);
    return 1;
  }
  const { message, remedy, code } = error;
  notice(styled`${mark} ${paragraph(message)}`);
  if (remedy) notice(styled`${style('dim', '  →')} ${paragraph(remedyInWords(remedy))}`);
  notice(style('dim', `    ${code}`));
  return code === 'LAMARCK_DRAINED' ? 130 : 1;
}

import type ivm from 'isolated-vm';

export type IsolateFault = 'memory' | 'timeout' | 'throw';

/** What an error means that came out of an isolate: isolated-vm tells its own limits by message only. */
export function isolateFaultOf(
  error: unknown,
  isolate: ivm.Isolate,
): { fault: IsolateFault; message: string } {
  const message = error instanceof Error ? error.message : String(error);
  if (isolate.isDisposed) return { fault: 'memory', message: 'It used more memory than it was given.' };
  if (message === 'Script execution timed out.')
    return { fault: 'timeout', message: 'It did not answer in time.' };
  return { fault: 'throw', message: message.slice(0, 300) };
}

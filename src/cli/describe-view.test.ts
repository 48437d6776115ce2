import { describe, expect, it } from 'vitest';
import { observationLines } from './describe-view.ts';

describe('files in an observation', () => {
  it('are shown line by line', () => {
    const lines = observationLines({ files: { 'a.ts': 'one\n  two\n', 'b.ts': 'three\n' }, left: 3 });
    expect(lines.map(String)).toEqual(['files', '  a.ts', '    one', '      two', '  b.ts three', 'left 3']);
  });

  it('are shown to their end', () => {
    const text = Array.from({ length: 120 }, (_, at) => `line ${at}`).join('\n');
    expect(String(observationLines({ files: { 'a.ts': text } }).at(-1))).toBe('    line 119');
  });
});

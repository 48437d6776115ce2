import { describe, expect, it } from 'vitest';
import { withTaskLine } from './readme-line.ts';

const line = '- `tasks/lamp.ts` is the family `web/lamp`.';

describe('a line on a task family in a README', () => {
  it('follows the others, and what goes on with the last of them', () => {
    const list = '# Shop\n\n- `tasks/a.ts` is one.\n- `tasks/b.ts` is another:\n  longer.\n';
    expect(withTaskLine(`${list}- \`lamarck.config.ts\` names them.\n\nEnd.\n`, line)).toBe(
      `${list}${line}\n- \`lamarck.config.ts\` names them.\n\nEnd.\n`,
    );
  });

  it('has a list of its own where there is none', () => {
    expect(withTaskLine('# Shop\n\nSells tea.\n', line)).toBe(
      `# Shop\n\nSells tea.\n\n## Tasks\n\n${line}\n`,
    );
    expect(withTaskLine('', line)).toBe(`# Tasks\n\n${line}\n`);
  });
});

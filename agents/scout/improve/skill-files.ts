/** How skills are kept among a genome's files: one module each, and an index that lists them in the order of recall. */
import type { ImproverInput } from 'lamarck/agent';

const INDEX = 'skills/index.ts';

/** An index of the skills with these names. */
export function skillIndex(names: readonly string[]): string {
  const imports = names.map((name, at) => `import skill${at + 1} from './${name}.ts';\n`).join('');
  const list = names.map((_, at) => `skill${at + 1}`).join(', ');
  return `import type { Skill } from 'lamarck/agent';
${imports}
/** What was learned as code, in the order of recall. */
export const skills: readonly Skill[] = [${list}];
`;
}

/** Names of the skills that a genome has. */
export function skillNames(files: ImproverInput['files']): string[] {
  const listed = [...(files[INDEX] ?? '').matchAll(/from '\.\/([^']+)\.ts'/g)].map(
    (match) => match[1] as string,
  );
  return listed.filter((name) => files[`skills/${name}.ts`] !== undefined);
}

/** For drafts that are to rely on their policy alone. */
export const NO_SKILLS = { [INDEX]: skillIndex([]) };

/** Files of a genome that has just these skills. `sources` holds those that are new or changed. */
export function skillFiles(
  names: readonly string[],
  sources: Readonly<Record<string, string>>,
): Record<string, string> {
  const modules = Object.entries(sources).map(([name, source]) => [`skills/${name}.ts`, source] as const);
  return { ...Object.fromEntries(modules), [INDEX]: skillIndex(names) };
}

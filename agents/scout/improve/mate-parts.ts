/** What a genome could take from a mate, in parts that can be tried one by one. */
import type { ImproverInput, Weights } from 'lamarck/agent';
import { playingModules } from './genome-reach.ts';
import { skillFiles, skillNames } from './skill-files.ts';
import { jsonFile } from './study.ts';

type Files = ImproverInput['files'];

export interface Part {
  /** In words, for people: `skills`. */
  readonly name: string;
  /** Files that differ from the genome's own. */
  readonly files: Readonly<Record<string, string>>;
}

/** Experience with edits is the lineage's own. */
const NOT_TAKEN = ['edit-priors.json'];
/** Helpers of programs go with the costs that name them. */
const isOfPrograms = (path: string): boolean =>
  path.startsWith('skills/library/') ||
  (path.endsWith('.json') && path !== 'policy.json' && !NOT_TAKEN.includes(path));
/** Skills on pages. */
const isSkill = (path: string): boolean => path.startsWith('skills/') && !isOfPrograms(path);

/** Parts in which the mate differs. Some exclude each other: they touch the same file. What writes children is left as it is. */
export function partsFrom(own: Files, mate: Files): Part[] {
  const policy = differing(own, mate, ['policy.json']);
  const source = differing(
    own,
    mate,
    playingModules(mate).filter((path) => !path.startsWith('skills/')),
  );
  const parts: Part[] = [
    { name: 'policy', files: policy },
    {
      name: 'mean of both policies',
      files: policy['policy.json'] === undefined ? {} : meanPolicy(own, mate),
    },
    { name: 'skills', files: bothSkills(own, mate) },
    { name: 'costs and library', files: differing(own, mate, Object.keys(mate).filter(isOfPrograms)) },
    { name: 'source', files: source },
    {
      name: 'source and policy',
      files: isEmpty(source) || isEmpty(policy) ? {} : { ...source, ...policy },
    },
  ];
  return parts.filter(({ files }) => !isEmpty(files));
}

function differing(own: Files, mate: Files, paths: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    paths.flatMap((path) => {
      const text = mate[path];
      return text === undefined || text === own[path] ? [] : [[path, text] as const];
    }),
  );
}

function isEmpty(files: Readonly<Record<string, string>>): boolean {
  return Object.keys(files).length === 0;
}

/** The mean where both know a weight; where one knows it, what that one says. */
function meanPolicy(own: Files, mate: Files): Record<string, string> {
  const read = (files: Files) => JSON.parse(files['policy.json'] ?? '{"weights":{}}') as { weights: Weights };
  const [mine, other] = [read(own), read(mate)];
  const weights: Record<string, number> = { ...other.weights };
  for (const [name, weight] of Object.entries(mine.weights))
    weights[name] = (weight + (other.weights[name] ?? weight)) / 2;
  return { 'policy.json': jsonFile({ ...mine, weights }) };
}

/** The skills of both, the genome's own first. */
function bothSkills(own: Files, mate: Files): Record<string, string> {
  const mine = skillNames(own);
  const theirs = skillNames(mate).filter((name) => !mine.includes(name));
  if (theirs.length === 0) return {};
  // Skills may call other modules beside them.
  const modules = Object.entries(mate).filter(([path]) => isSkill(path) && own[path] === undefined);
  return { ...Object.fromEntries(modules), ...skillFiles([...mine, ...theirs], {}) };
}

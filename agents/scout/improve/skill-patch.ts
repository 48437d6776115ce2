/** What is handed down of the skills that were tried. */
import {
  factorSkills,
  helpersIn,
  helperSource,
  skillSource,
  type ImproverInput,
  type InducedSkill,
} from 'lamarck/agent';
import { skillFiles, skillNames } from './skill-files.ts';
import type { Patch } from './study.ts';

export interface Candidate {
  readonly family: string;
  readonly difficulties: number;
  /** How often skills were made of the family's wins before. */
  readonly making: number;
  /** The skill under a name that no other has. */
  readonly skill: InducedSkill;
}

export interface Verdict {
  readonly candidate: Candidate;
  readonly rate: number;
  /** What the policy alone would be expected to win of the same tasks. */
  readonly baseline: number;
  readonly isKept: boolean;
}

/** The best of a family's skills that were kept, and the others that were made together with it. */
function isOfBestMaking({ candidate }: Verdict, at: number, ranked: readonly Verdict[]): boolean {
  const { family, making } = candidate;
  return ranked
    .slice(0, at)
    .every((other) => other.candidate.family !== family || other.candidate.making === making);
}

/** The best of each family that were kept, with what they have in common as helpers, before the skills there are. */
export function patchOfSkills(
  files: ImproverInput['files'],
  verdicts: readonly Verdict[],
  episodes: number,
): Patch | undefined {
  const kept = verdicts
    .filter(({ isKept }) => isKept)
    .sort((left, right) => right.rate - right.baseline - (left.rate - left.baseline))
    .filter(isOfBestMaking);
  if (kept.length === 0) return undefined;
  const skills = factorSkills(kept.map(({ candidate }) => candidate.skill));
  const sources = Object.fromEntries(
    kept.map(({ rate, baseline }, at) => {
      const skill = skills[at] as InducedSkill;
      const remark = `Induced from ${skill.support} verified episodes; then won ${rate.toFixed(2)} of fresh ones, the policy alone ${baseline.toFixed(2)}.`;
      return [skill.name, skillSource(skill, remark)];
    }),
  );
  const helpers = skills
    .flatMap(({ body }) => helpersIn(body))
    .map((helper) => [helper.name, helperSource(helper, 'What several skills do alike.')] as const);
  const said = kept.map(
    ({ candidate, rate, baseline }) =>
      `"${candidate.skill.name}" ${baseline.toFixed(2)} → ${rate.toFixed(2)}`,
  );
  return {
    files: skillFiles([...skills.map(({ name }) => name), ...skillNames(files)], {
      ...Object.fromEntries(helpers),
      ...sources,
    }),
    kind: 'skills',
    rationale: `skills: ${kept.length} of ${verdicts.length} induced kept after ${episodes} episodes; train success ${said.join(', ')}`,
  };
}

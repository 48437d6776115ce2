/**
 * Following skills. A skill is recalled on any page where it applies, and followed until it is through, finds no way on,
 * or repeats itself; then the policy goes on, until a skill applies again. Where an action was rejected, its element is
 * taken for gone, so that the skill goes by its next way of finding one.
 */
import {
  followSkill,
  pageSignature,
  recallSkill,
  type Action,
  type PageElement,
  type PageView,
  type Skill,
} from 'lamarck/agent';
import { describeAction, targetOf, type Memory } from './memory.ts';

export interface Following {
  /** Name of the skill that is being followed. */
  readonly skill: string | undefined;
  /** What was seen since it began. */
  readonly views: readonly PageView[];
  /** What it was refused on the newest of these. */
  readonly rejected: readonly PageElement[];
  /** Names of skills with the pages on which they were recalled: none is recalled twice on pages that look the same. */
  readonly recalled: readonly string[];
}

export const followingNone: Following = { skill: undefined, views: [], rejected: [], recalled: [] };

/** What a skill says, and where it stands after that. */
export interface NextStep {
  readonly following: Following;
  readonly action: Action;
}

/** Takes in the page after an action, or after its rejection. */
export function seeNext(
  following: Following,
  page: PageView,
  last: { readonly page: PageView; readonly action: Action } | undefined,
  isRejected: boolean,
): Following {
  if (following.skill === undefined || last === undefined) return following;
  if (!isRejected) return { ...following, views: [...following.views, page], rejected: [] };
  const element = targetOf(last.page, last.action);
  if (element === undefined) return stopFollowing(following);
  const rejected = [...following.rejected, element];
  const elements = page.elements.filter((one) => !rejected.some((other) => isSame(one, other)));
  return { ...following, views: [...following.views.slice(0, -1), { ...page, elements }], rejected };
}

/** What the skill that is being followed does now; `undefined` where it is over, lost, or repeats itself in vain. */
export function nextOf(
  following: Following,
  skills: readonly Skill[],
  instruction: string,
  page: PageView,
  memory: Memory,
): NextStep | undefined {
  const skill = skills.find(({ name }) => name === following.skill);
  const action = skill && followSkill(skill, instruction, following.views);
  if (action === undefined) return undefined;
  const isInVain = memory.doneHere.includes(`${describeAction(page, action)} @ ${pageSignature(page)}`);
  return isInVain ? undefined : { following, action };
}

/** The first skill that applies here, was not recalled on such a page before, and knows what to do. */
export function beginOne(
  following: Following,
  skills: readonly Skill[],
  instruction: string,
  page: PageView,
  memory: Memory,
): NextStep | undefined {
  const placeOf = ({ name }: Skill) => `${name} @ ${pageSignature(page)}`;
  let left = skills.filter((skill) => !following.recalled.includes(placeOf(skill)));
  for (;;) {
    const skill = recallSkill(left, instruction, page);
    if (skill === undefined) return undefined;
    const recalled = [...following.recalled, placeOf(skill)];
    const begun: Following = { skill: skill.name, views: [page], rejected: [], recalled };
    const next = nextOf(begun, skills, instruction, page, memory);
    if (next !== undefined) return next;
    left = left.filter((other) => other !== skill);
  }
}

export function stopFollowing(following: Following): Following {
  return { ...followingNone, recalled: following.recalled };
}

function isSame(one: PageElement, other: PageElement): boolean {
  return (
    one.role === other.role &&
    one.name === other.name &&
    one.box.every((value, at) => value === other.box[at])
  );
}

import { randomBytes } from 'node:crypto';

/**
 * The environment variable that names a process's family: ids from the eldest Lamarck process down, separated by slashes.
 * Whatever a process starts inherits it, also what makes a process group or a session of its own or outlives its parent,
 * so a whole family can be found by a prefix of it.
 */
export const FAMILY_VARIABLE = 'LAMARCK_FAMILY';

const MARK = /^[0-9a-f]{16}(?:\/[0-9a-f]{16})*$/;

let own: string | undefined;

/** The mark that what this process starts inherits. Within the family of the process that started this one, if it has one. */
export function familyMark(): string {
  if (own !== undefined) return own;
  const inherited = process.env[FAMILY_VARIABLE];
  own = isFamilyMark(inherited) ? `${inherited}/${newId()}` : newId();
  // Libraries and hooks of environments start processes too.
  process.env[FAMILY_VARIABLE] = own;
  return own;
}

/** A mark for one child and all that it starts. */
export function newChildMark(): string {
  return `${familyMark()}/${newId()}`;
}

export function isFamilyMark(text: string | undefined): text is string {
  return text !== undefined && MARK.test(text);
}

function newId(): string {
  return randomBytes(8).toString('hex');
}

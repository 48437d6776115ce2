/** Files of a genome, and of a patch, at most. */
export const MOST_GENOME_FILES = 200;
/** Characters of a path in a genome, at most. */
export const LONGEST_GENOME_PATH = 200;
/**
 * A segment of a path in a genome: it starts with a letter, a digit or `_`, so it is no `..` and no hidden file (`.git`!), and holds
 * no backslash, space or control character.
 */
export const GENOME_PATH_SEGMENT = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;

/** What jsonl() of `lamarck/tasks` reads. */
export const DATA_FORMATS = [
  'humanevalfix-js',
  'humaneval-x-js',
  'humaneval-js',
  'mbpp-js',
  'list-functions',
] as const;

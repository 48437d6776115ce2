/** Names and values of `?a=1&b=2`: the last value of a name counts, a name without `=` has the value ''. */
export function parseQuery(query: string): Record<string, string> {
  const values: Record<string, string> = {};
  const text = query.startsWith('?') ? query.slice(1) : query;
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const at = pair.indexOf('=');
    const name = at === -1 ? pair : pair.slice(0, at);
    values[name] = at === -1 ? '' : pair.slice(at + 1);
  }
  return values;
}

/** The query of some values, names by the alphabet; '' where there are none. */
export function buildQuery(values: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(values)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`));
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

/** The text with every `{name}` replaced by its value; what has no value stays as it is. */
export function filled(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** Names in a template, each once, as they come first. */
export function namesIn(template: string): string[] {
  const names: string[] = [];
  for (const [, name = ''] of template.matchAll(/\{(\w+)\}/g)) {
    if (!names.includes(name)) names.push(name);
  }
  return names;
}

/** A list as one says it: `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

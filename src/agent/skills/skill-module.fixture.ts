import { stripTypeScriptTypes } from 'node:module';
import type { Skill } from './skill.ts';

/** Runs skills as the source that was written: `helpers` are sources by name. */
export async function loadSkill(
  source: string,
  helpers: Readonly<Record<string, string>> = {},
): Promise<Skill> {
  return ((await import(/* @vite-ignore */ moduleUrl(source, helpers))) as { default: Skill }).default;
}

function moduleUrl(source: string, helpers: Readonly<Record<string, string>>): string {
  const library = new URL('../index.ts', import.meta.url).href;
  const code = stripTypeScriptTypes(source)
    .replace("'lamarck/agent'", `'${library}'`)
    .replace(/'\.\/([^']+)\.ts'/g, (_, name: string) => `'${moduleUrl(helpers[name] ?? '', helpers)}'`);
  return `data:text/javascript,${encodeURIComponent(code).replace(/'/g, '%27')}`;
}

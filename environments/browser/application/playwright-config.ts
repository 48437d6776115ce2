import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { LamarckError, messageOf } from 'lamarck';
import type { BrowserContextOptions } from 'playwright';
import { z } from 'zod';
import type { WebServer } from './web-server.ts';

const webServer = z.object({
  command: z.string(),
  url: z.string().optional(),
  port: z.number().optional(),
  cwd: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
  timeout: z.number().optional(),
  reuseExistingServer: z.boolean().optional(),
});
const use = z.looseObject({ baseURL: z.string().optional(), storageState: z.unknown().optional() });
const configuration = z.object({
  use: use.optional(),
  webServer: z.union([webServer, z.array(webServer)]).optional(),
  projects: z.array(z.object({ name: z.string().optional(), use: use.optional() })).optional(),
});

/** What of `use` says how a page is opened. */
const opening = [
  'bypassCSP',
  'colorScheme',
  'deviceScaleFactor',
  'extraHTTPHeaders',
  'geolocation',
  'httpCredentials',
  'ignoreHTTPSErrors',
  'locale',
  'permissions',
  'storageState',
  'timezoneId',
  'userAgent',
  'viewport',
] as const;

/** What a Playwright configuration says of an application. */
export interface PlaywrightSettings {
  readonly baseURL?: string | undefined;
  readonly webServers: readonly WebServer[];
  readonly context: BrowserContextOptions;
}

/**
 * Reads a `playwright.config.ts`; paths in it are from its own folder.
 *
 * @param project the name of one of its projects, whose `use` comes over that of all.
 * @throws LamarckError `LAMARCK_PLAYWRIGHT_CONFIG_INVALID` where it cannot be loaded, or is none.
 */
export async function readPlaywrightConfig(
  path: string | URL,
  project?: string,
): Promise<PlaywrightSettings> {
  const file = path instanceof URL || path.startsWith('file:') ? fileURLToPath(path) : resolve(path);
  const folder = dirname(file);
  const invalid = (why: string, cause?: unknown): LamarckError =>
    new LamarckError({
      code: 'LAMARCK_PLAYWRIGHT_CONFIG_INVALID',
      boundary: 'user',
      message: `${file}: ${why}`,
      remedy:
        'Give defineWebEnvironment the path of a Playwright configuration that Playwright itself can read.',
      cause,
    });
  const loaded: { default?: unknown } = await (
    import(pathToFileURL(file).href) as Promise<{ default?: unknown }>
  ).catch((error: unknown) => {
    throw invalid(messageOf(error), error);
  });
  const parsed = configuration.safeParse(loaded.default);
  if (!parsed.success) throw invalid(z.prettifyError(parsed.error));
  const { projects = [], webServer: servers = [] } = parsed.data;
  const chosen = projects.find(({ name }) => name === project);
  if (project !== undefined && !chosen)
    throw invalid(
      `it has no project "${project}"; it has ${projects.map(({ name }) => `"${name}"`).join(', ')}.`,
    );
  const used = { ...parsed.data.use, ...chosen?.use };
  if (typeof used.storageState === 'string') {
    used.storageState = resolve(folder, used.storageState);
    if (!existsSync(used.storageState as string))
      throw invalid(`there is no storage state at ${String(used.storageState)}.`);
  }
  return {
    baseURL: used.baseURL,
    webServers: [servers].flat().map(({ url, port, cwd, ...server }) => {
      const answering = url ?? (port === undefined ? used.baseURL : `http://localhost:${port}`);
      if (answering === undefined) throw invalid('its webServer has neither url nor port.');
      return { ...server, url: answering, cwd: resolve(folder, cwd ?? '.') };
    }),
    context: Object.fromEntries(
      opening.flatMap((name) => (used[name] === undefined ? [] : [[name, used[name]]])),
    ),
  };
}

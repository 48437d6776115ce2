import { resolveChromium } from '../presets.ts';

/**
 * What Playwright launches the Chromium with that Lamarck uses here, which may be one that came by npm: `use.launchOptions` of a
 * Playwright configuration. Not needed where `npx playwright install` was run.
 *
 * @throws LamarckError `LAMARCK_BROWSER_MISSING` where none runs
 *
 * @example
 * export default defineConfig({ use: { launchOptions: await chromiumLaunch() } });
 */
export async function chromiumLaunch(): Promise<{
  executablePath: string;
  args: string[];
  env: Record<string, string>;
}> {
  const { executablePath, args, environment } = await resolveChromium();
  const own = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return { executablePath, args, env: { ...Object.fromEntries(own), ...environment } };
}

import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { LamarckError, messageOf, runChild } from 'lamarck';
import { unpackNpmChromium } from './npm-chromium.ts';

export interface ResolvedChromium {
  executablePath: string;
  /** Named by the user, Playwright's own, the system's, or unpacked from npm. */
  source: 'named' | 'playwright' | 'system' | 'npm';
  /** Variables that it needs on top of the process's own. */
  environment: Record<string, string>;
  args: string[];
}

/** Time for a browser to tell its version, in seconds: a busy machine is no fault. */
const VERSION_SECONDS = 60;

const systemNames = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];
const systemFolders = ['/usr/bin', '/usr/local/bin', '/usr/lib/chromium', '/opt/google/chrome', '/snap/bin'];
const systemFiles = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * Finds a Chromium that runs: what the user names (`executablePath`, or the variable `LAMARCK_CHROMIUM`), then
 * Playwright's own, then the system's, then the one from npm. What is named is used or refused, never passed over.
 *
 * @throws LamarckError `LAMARCK_BROWSER_MISSING` where none runs; the message says what was tried.
 */
export async function resolveChromium(
  options: {
    executablePath?: string | undefined;
    environment?: NodeJS.ProcessEnv;
  } = {},
): Promise<ResolvedChromium> {
  const surroundings = options.environment ?? process.env;
  const tried: string[] = [];
  const args = chromiumArguments();
  const attempt = async (
    executablePath: string,
    source: ResolvedChromium['source'],
    environment: Record<string, string> = {},
  ): Promise<ResolvedChromium | undefined> => {
    try {
      await access(executablePath, constants.X_OK);
      const { code, output, errors, exceeded } = await runChild(executablePath, ['--version'], {
        env: { ...surroundings, ...environment },
        limits: { seconds: VERSION_SECONDS },
      });
      if (code === 0 && /chrom/i.test(output)) return { executablePath, source, environment, args };
      const [complaint = ''] = errors.trim().split('\n');
      tried.push(
        code === 0
          ? `${executablePath} is no Chromium`
          : `${executablePath}: ${exceeded ?? (complaint || `it ended with exit code ${code}`)}`,
      );
    } catch (error) {
      // Of those that are only looked for, most are not there.
      if (source === 'named') tried.push(`${executablePath}: ${messageOf(error).split('\n')[0]}`);
    }
    return undefined;
  };

  const named = options.executablePath ?? surroundings['LAMARCK_CHROMIUM'];
  if (named) {
    const found = await attempt(named, 'named');
    if (found) return found;
    throw missing(tried, 'Correct the path, or leave it out so that a browser is looked for.');
  }
  const { chromium } = await import('playwright');
  const own = chromium.executablePath();
  const folders = [...(surroundings['PATH'] ?? '').split(delimiter).filter(Boolean), ...systemFolders];
  const candidates: [string, ResolvedChromium['source']][] = [
    [
      own
        .replace('/chromium-', '/chromium_headless_shell-')
        .replace(/chrome-(\w+)\/chrome$/, 'chrome-headless-shell-$1/chrome-headless-shell'),
      'playwright',
    ],
    [own, 'playwright'],
    ...systemNames.flatMap((name) =>
      folders.map((folder): [string, 'system'] => [join(folder, name), 'system']),
    ),
    ...systemFiles.map((file): [string, 'system'] => [file, 'system']),
  ];
  for (const [path, source] of candidates) {
    const found = await attempt(path, source);
    if (found) return found;
  }
  try {
    const { executablePath, libraries, fonts } = await unpackNpmChromium(surroundings);
    const fontsOnly = { FONTCONFIG_FILE: fonts };
    const found =
      (await attempt(executablePath, 'npm', fontsOnly)) ??
      // The machine lacks libraries; those of the package come first, then what was there.
      (await attempt(executablePath, 'npm', {
        ...fontsOnly,
        LD_LIBRARY_PATH: [libraries, surroundings['LD_LIBRARY_PATH']].filter(Boolean).join(delimiter),
      }));
    if (found) return found;
  } catch (error) {
    tried.push(`@sparticuz/chromium: ${messageOf(error)}`);
  }
  throw missing(
    tried,
    'Install one with `npx playwright install chromium`, or name one in LAMARCK_CHROMIUM.',
  );
}

function missing(tried: readonly string[], remedy: string): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_BROWSER_MISSING',
    boundary: 'sandbox',
    message: `No Chromium runs on this machine${tried.length > 0 ? ` (${tried.join('; ')})` : ''}.`,
    remedy,
  });
}

/** What is switched off: the first group as Playwright does, whose own list this one replaces; then what is ours. */
const disabledFeatures = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
  // Holds all work of a page back until the next frame after an input: 16 ms a step.
  'DeferRendererTasksAfterInput',
];

/** Keeps the browser to itself, and repeatable; stated here even where Playwright's own list says the same. */
function chromiumArguments(): string[] {
  return [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
    '--disable-domain-reliability',
    '--no-first-run',
    '--no-pings',
    '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--disable-smooth-scrolling',
    '--font-render-hinting=none',
    '--disable-gpu',
    `--disable-features=${disabledFeatures.join(',')}`,
  ];
}

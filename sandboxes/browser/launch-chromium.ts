import { LamarckError, limitDescendants, markedEnvironment, messageOf } from 'lamarck';
import type { Browser } from 'playwright';
import { processOf, withPipe } from './browser-pipe.ts';
import { nowhereIsNotFound } from './network-wall.ts';
import { inProfileFolder } from './profile-folder.ts';
import type { ResolvedChromium } from './resolve-chromium.ts';

/** Interception answers for the task's origin before any name is looked up; nothing else is to be found. */
const sealed = '--host-resolver-rules=MAP * ~NOTFOUND';

/** Memory of one page, or one site of it, in MiB. */
const MOST_MEMORY = 2048;

/**
 * Starts a Chromium that ends with this process, however this process ends: it exits when the pipe to it closes, and the
 * watchdog ends what does not. A page that occupies too much memory crashes alone. Its own sandbox is on where the system allows it, which root and some distributions do not.
 *
 * @param how whether it finds anything on the network, and whether it is seen.
 * @throws LamarckError `LAMARCK_BROWSER_MISSING` where it does not start.
 */
export async function launchChromium(
  { executablePath, environment, args, source }: ResolvedChromium,
  { reach, visible }: { reach: 'nothing' | 'network'; visible: boolean },
  onNotice: (text: string) => void,
): Promise<Browser> {
  if (visible) assertVisible(executablePath, source);
  // Half of what a command takes to start, and most commands open no page.
  const { chromium } = await import('playwright');
  const launch = async (chromiumSandbox: boolean): Promise<Browser> => {
    const browser = await withPipe(() =>
      inProfileFolder((variables) =>
        chromium.launch({
          executablePath,
          headless: !visible,
          args: [...args, reach === 'nothing' ? sealed : nowhereIsNotFound],
          chromiumSandbox,
          env: markedEnvironment({ ...process.env, ...environment, ...variables }).environment as Record<
            string,
            string
          >,
          // Whoever started this process decides what its signals mean.
          handleSIGINT: false,
          handleSIGTERM: false,
          handleSIGHUP: false,
          timeout: 30_000,
        }),
      ),
    );
    const pid = processOf(browser)?.pid;
    if (pid !== undefined) browser.once('disconnected', limitDescendants(pid, MOST_MEMORY));
    return browser;
  };
  try {
    if (process.getuid?.() === 0) return await launch(false);
    try {
      return await launch(true);
    } catch (error) {
      if (!/sandbox/i.test(messageOf(error))) throw error;
      onNotice('Chromium runs without its own sandbox, because this system does not allow one.');
      return await launch(false);
    }
  } catch (error) {
    throw new LamarckError({
      code: 'LAMARCK_BROWSER_MISSING',
      boundary: 'sandbox',
      message: `The Chromium at ${executablePath} does not start: ${messageOf(error).split('\n').slice(0, 12).join(' ')}`,
      remedy: 'Name another one in LAMARCK_CHROMIUM, or install one with `npx playwright install chromium`.',
      cause: error,
    });
  }
}

/** The one from npm and the headless shells open no windows, and say nothing of it. */
function assertVisible(executablePath: string, source: ResolvedChromium['source']): void {
  const hasDisplay =
    process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
  const hasWindows = source !== 'npm' && !/headless/i.test(executablePath);
  if (hasDisplay && hasWindows) return;
  throw new LamarckError({
    code: 'LAMARCK_BROWSER_UNSEEN',
    boundary: 'user',
    message: hasDisplay
      ? `The Chromium at ${executablePath} opens no windows.`
      : 'There is no display to open a window on.',
    remedy: 'Name a Chromium with windows in LAMARCK_CHROMIUM, or play in the terminal, without --show.',
  });
}

import { existsSync } from 'node:fs';
import { rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConfiguration, runsFolder } from '../config/index.ts';
import { openArchive } from '../genome/index.ts';
import { packageVersion } from '../package-root.ts';
import { createSandboxes, probeIsolate, resolveChromium } from '../presets.ts';
import { makeTemporaryFolder, runChild } from '../processes/index.ts';
import { LamarckError, messageOf, type Remedy } from '../protocol/index.ts';

/** What is so of one thing that a run needs. */
export interface Finding {
  readonly name: string;
  readonly state: 'ok' | 'warning' | 'broken';
  readonly text: string;
  readonly remedy?: Remedy | undefined;
}

/** Free space below which a run is likely to end early, in bytes. */
const LITTLE_SPACE = 1_000_000_000;

/** Looks at everything that a run needs by using it once; in a fixed order, each as soon as it is known. */
export async function* examine(config?: string): AsyncGenerator<Finding> {
  yield* [
    check('versions', async () => versions()),
    check('isolate', isolate),
    check('browser', () => browser(config)),
    check('git', git),
    check('disk', () => disk(config)),
    check('configuration', () => configuration(config)),
  ];
}

async function check(name: string, look: () => Promise<Omit<Finding, 'name'>>): Promise<Finding> {
  try {
    return { name, ...(await look()) };
  } catch (error) {
    return {
      name,
      state: 'broken',
      text: messageOf(error),
      remedy: LamarckError.isInstance(error) ? error.remedy : undefined,
    };
  }
}

function versions(): Omit<Finding, 'name'> {
  const text = `lamarck ${packageVersion}, node ${process.versions.node} (${process.platform} ${process.arch})`;
  const isNew = Number(process.versions.node.split('.')[0]) >= 24;
  return isNew
    ? { state: 'ok', text }
    : {
        state: 'broken',
        text,
        remedy: { text: 'Lamarck needs Node 24: run it with npx, which takes the one that npm installed.' },
      };
}

async function isolate(): Promise<Omit<Finding, 'name'>> {
  const probe = await probeIsolate();
  return probe.ok
    ? { state: 'ok', text: `${probe.version} runs a guest in a process of its own` }
    : {
        state: 'broken',
        text: probe.message,
        remedy: {
          text: 'Reinstall with `npm ci`; its binary is prebuilt for Node 24 on Linux, macOS and Windows.',
        },
      };
}

async function browser(config?: string): Promise<Omit<Finding, 'name'>> {
  const chromium = await loadConfiguration(config).then(
    (loaded) => loaded.chromium,
    () => undefined,
  );
  const { executablePath, source } = await resolveChromium(
    chromium === undefined ? {} : { executablePath: chromium },
  );
  await using sandboxes = createSandboxes({ pages: 1, ...(chromium === undefined ? {} : { chromium }) });
  const page = await sandboxes.browser.lease({
    site: { '/': '<!doctype html><title>t</title><button>Hello</button>' },
    seed: 'doctor',
  });
  const { elements } = await page.observe();
  await page.release();
  if (elements[0]?.name !== 'Hello') throw new Error(`${executablePath} started but did not show a page.`);
  return { state: 'ok', text: `${executablePath} (${source}) shows a page` };
}

async function git(): Promise<Omit<Finding, 'name'>> {
  const folder = makeTemporaryFolder('doctor');
  try {
    await openArchive(join(folder, 'archive.git'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const version = await runChild('git', ['--version'], { limits: { seconds: 60 } }).then(
    ({ code, output }) => (code === 0 ? output.trim() : undefined),
    () => undefined,
  );
  return version === undefined
    ? {
        state: 'warning',
        text: 'archives can be written, but there is no git command to look at them with',
        remedy: { text: 'Install git if you want to `git log` an archive; Lamarck itself does not need it.' },
      }
    : { state: 'ok', text: `archives can be written; ${version}` };
}

async function disk(config?: string): Promise<Omit<Finding, 'name'>> {
  const runs = await loadConfiguration(config).then(runsFolder, () => join(process.cwd(), 'runs'));
  let place = runs;
  while (!existsSync(place)) place = join(place, '..');
  const probe = join(place, `.lamarck-doctor-${process.pid}`);
  await writeFile(probe, 'x');
  await rm(probe);
  const { bavail, bsize } = await statfs(place);
  const free = bavail * bsize;
  const text = `${runs} can be written, ${(free / 1e9).toFixed(1)} GB free`;
  return free < LITTLE_SPACE
    ? {
        state: 'warning',
        text,
        remedy: { text: 'A default run writes less than 0.2 GB; a long run wants more room.' },
      }
    : { state: 'ok', text };
}

async function configuration(config?: string): Promise<Omit<Finding, 'name'>> {
  const { file, families, suites, broken } = await loadConfiguration(config);
  const [first] = broken;
  if (first !== undefined)
    return {
      state: 'warning',
      text: `${file}: ${first.name} is broken: ${first.why.message}`,
      remedy: first.why.remedy,
    };
  const counts = [
    families.size === 1 ? '1 family' : `${families.size} families`,
    Object.keys(suites).length === 1 ? '1 suite' : `${Object.keys(suites).length} suites`,
  ];
  return { state: 'ok', text: `${file}: ${counts.join(' in ')}` };
}

import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { cacheFolder, makeFolderOnce } from './cache-folder.ts';
import { unpackTar } from './unpack-tar.ts';

const inflate = promisify(brotliDecompress);

/** What the npm package holds, unpacked. */
export interface UnpackedChromium {
  executablePath: string;
  /** Libraries for machines that lack them (NSS, expat). */
  libraries: string;
  /** Fontconfig file that knows the bundled font and no other. */
  fonts: string;
}

/**
 * Unpacks the Chromium that `@sparticuz/chromium` brings (about 210 MB, 2 to 5 s, once a version).
 * The package's own unpacking is not used: it is unsafe for two processes at once, and leaves the libraries out.
 *
 * @throws Error where the package is not installed, or the machine is not the one it was built for.
 */
export async function unpackNpmChromium(
  environment: NodeJS.ProcessEnv = process.env,
): Promise<UnpackedChromium> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `the npm package holds a Chromium for Linux on x64, not for ${process.platform} on ${process.arch}`,
    );
  }
  const packageFolder = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..');
  const { version } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')) as {
    version: string;
  };
  const folder = join(await cacheFolder(environment), `chromium-${version}`);
  await makeFolderOnce(folder, async (into) => {
    const unpack = async (name: string): Promise<Buffer> =>
      inflate(await readFile(join(packageFolder, 'bin', name)));
    await writeFile(join(into, 'chromium'), await unpack('chromium.br'), { mode: 0o755 });
    for (const archive of ['al2023.tar.br', 'fonts.tar.br']) {
      await unpackTar(await unpack(archive), into);
    }
    await writeFile(
      join(into, 'fonts.conf'),
      fontConfiguration(join(folder, 'fonts'), join(folder, 'font-cache')),
    );
  });
  return {
    executablePath: join(folder, 'chromium'),
    libraries: join(folder, 'lib'),
    fonts: join(folder, 'fonts.conf'),
  };
}

/** The bundled file names folders of another machine. */
function fontConfiguration(fonts: string, cache: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${fonts}</dir>
  <cachedir>${cache}</cachedir>
</fontconfig>
`;
}

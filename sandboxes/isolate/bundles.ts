import type { Plugin } from 'esbuild';
import { sha256 } from 'lamarck';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { dirname, extname, join } from 'node:path';
import { build } from './bundler.ts';
import { keptText, type MadeText } from './kept-text.ts';
import { meterSource } from './meter-source.ts';
import { readScript, TICK } from './read-source.ts';

/** `.ts` where the sources run as they are, `.js` in the published package. */
export const EXTENSION = extname(import.meta.url);
export const IS_DEVELOPMENT = EXTENSION === '.ts';
export const FOLDER = dirname(fileURLToPath(import.meta.url));

let guestPrelude: Promise<string> | undefined;
let programPrelude: Promise<string> | undefined;

/**
 * What is evaluated in a guest's context before its genome, as an expression whose value starts a guest. XState and
 * `lamarck/agent` carry fuel ticks as the genome does, so that an endless transition or a long enumeration meets the
 * fuel (the same on every machine) and not the clock; the runtime around them does not. The parser comes to life when it
 * is first called: few guests read source, and all of them boot.
 */
export function buildGuestPrelude(): Promise<string> {
  return (guestPrelude ??= keptBundle('guest', async (bundle) => {
    const runtime = await bundle(`export * from './guest-runtime${EXTENSION}'`);
    const parser = meterSource(readScript(await bundle(`export { parse } from '@babel/parser'`)));
    const libraries = meterSource(
      readScript(
        await bundle(`export * as xstate from 'xstate'; export * as agent from 'lamarck/agent'`, [
          parserOnCall,
        ]),
      ),
    );
    return `(function(){"use strict";
const makeLibraries=function(${TICK}){
const makeParser=function(){const module={exports:{}};${parser}\nreturn module.exports};
const module={exports:{}};${libraries}\nreturn module.exports};
const runtime=(function(){const module={exports:{}};${runtime}\nreturn module.exports})();
return function(genome,options){return runtime.createGuest(makeLibraries,genome,options)}})()`;
  }));
}

/**
 * The same for programs: an expression whose value takes the bound of their output and the globals to remove.
 * Each candidate pays for it anew, hence nothing is exported: making a module's exports would be half of it.
 */
export function buildProgramPrelude(): Promise<string> {
  return (programPrelude ??= keptBundle('program', async (bundle) => {
    const runtime = await bundle(
      `import { createProgram } from './program-runtime${EXTENSION}'; give(createProgram);`,
    );
    return `(function(){"use strict";let given;const give=function(value){given=value};${runtime}\nreturn given})()`;
  }));
}

/** What the processes of isolates run. */
export type IsolateProgram = 'agent-process' | 'program-process';

const programs = new Map<IsolateProgram, Promise<string>>();

/**
 * The code of a process of isolates, as an expression whose value takes Node's `require`. Reading and compiling its modules one by one
 * takes a process more than half of the time in which it starts.
 */
export function buildIsolateProgram(name: IsolateProgram): Promise<string> {
  const known = programs.get(name);
  if (known) return known;
  const made = keptBundle(name, async (bundle) => {
    const text = await bundle(`import { serve } from './${name}${EXTENSION}'; serve();`);
    return `(function(require){"use strict";${text}\n})`;
  });
  programs.set(name, made);
  return made;
}

type Bundle = (contents: string, plugins?: Plugin[]) => Promise<string>;

/**
 * A bundle, kept in the user's cache: making one takes up to a second, for which every command that plays episodes
 * would wait.
 */
function keptBundle(name: string, make: (bundle: Bundle) => Promise<string>): Promise<string> {
  return keptText(`${name}-${sha256(FOLDER).slice(0, 16)}`, async (): Promise<MadeText> => {
    const files = new Set(MAKERS);
    const text = await make(async (contents, plugins) => {
      const made = await bundle(contents, plugins);
      for (const file of made.files) files.add(file);
      return made.text;
    });
    return { text, files: [...files] };
  });
}

/** What makes a prelude of the files that are in it; packages by their version. */
const MAKERS: readonly string[] = (() => {
  const require = createRequire(import.meta.url);
  return [
    ...['bundles', 'meter-source', 'read-source'].map((name) => join(FOLDER, `${name}${EXTENSION}`)),
    ...['esbuild', '@babel/parser', 'xstate', 'zod'].map((name) => require.resolve(`${name}/package.json`)),
  ];
})();

/** Stands for the parser in a bundle: a function that makes it, which is in scope there as `makeParser`, runs once. */
const parserOnCall: Plugin = {
  name: 'parser-on-call',
  setup: (builder) => {
    builder.onResolve({ filter: /^@babel\/parser$/ }, ({ path }) => ({ path, namespace: 'on-call' }));
    builder.onLoad({ filter: /.*/, namespace: 'on-call' }, () => ({
      contents: 'let parser; export const parse = (...given) => (parser ??= makeParser()).parse(...given);',
    }));
  },
};

async function bundle(contents: string, plugins: Plugin[] = []): Promise<MadeText> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: FOLDER,
    metafile: true,
    stdin: { contents, resolveDir: FOLDER },
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'neutral',
    target: 'esnext',
    mainFields: ['module', 'main'],
    conditions: ['module', ...(IS_DEVELOPMENT ? ['lamarck-source'] : [])],
    minifySyntax: true,
    legalComments: 'none',
    logLevel: 'silent',
    tsconfigRaw: {},
    // What lamarck/agent re-exports shares files with parts that use Node; those parts are unused here, and drop out.
    plugins: [
      ...plugins,
      {
        name: 'without-node',
        setup: (builder) => {
          builder.onResolve({ filter: /^(?:node:|isolated-vm$)/ }, ({ path }) => ({
            path,
            external: true,
            sideEffects: false,
          }));
        },
      },
    ],
  });
  const files = Object.keys(metafile.inputs).filter((path) => path !== '<stdin>' && !/^[\w-]+:/.test(path));
  return { text: outputFiles[0]?.text ?? '', files: files.map((path) => join(FOLDER, path)) };
}

import { fileURLToPath } from 'node:url';
import { messageOf } from '../protocol/index.ts';
import { malformedModule } from './malformed-module.ts';
import { placeInStack } from './place-in-stack.ts';

/** What stands before the stack of a syntax error: the place in the module that has it. */
const HEAD = /^(file:\/\/\S+|\/.*?):(\d+)\n/;

/** Why a module could not be imported, with the place in it or in what it imports; and what to do. */
export function importFailure(file: string, error: unknown): { message: string; remedy: string } {
  const place = error instanceof SyntaxError ? syntaxPlaceOf(file, error) : placeInStack(error);
  const message = messageOf(error);
  const remedy = remedyFor(error, message);
  if (place === undefined) return { message: `${file} could not be loaded: ${message}`, remedy };
  return {
    message: place.startsWith(`${file}:`)
      ? `${place}: ${message}`
      : `${place}: ${message}, so ${file} could not be loaded.`,
    remedy,
  };
}

function syntaxPlaceOf(file: string, { stack = '' }: SyntaxError): string | undefined {
  const [, module, line] = HEAD.exec(stack) ?? [];
  if (module === undefined) return malformedModule(file);
  return `${module.startsWith('file:') ? fileURLToPath(module) : module}:${line}`;
}

function remedyFor(error: unknown, message: string): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (/outside a module/.test(message))
    return 'The package.json beside it says that files are CommonJS: write "type": "module" there.';
  if (/does not provide an export/.test(message))
    return 'Export it there; or, where it is a type, import it by `import type`.';
  if (code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX' || code === 'ERR_MODULE_NOT_FOUND')
    return 'Files are run by Node as they are: write relative imports with their .ts ending, `import type` for types, and no enums or namespaces.';
  return error instanceof SyntaxError ? 'Mend that line: it cannot be read.' : 'Mend what it does there.';
}

import { messageOf } from 'lamarck';
import type MagicString from 'magic-string';
import { transform } from './bundler.ts';
import { meterSource } from './meter-source.ts';
import { GuestSourceError, readModule, TICK, type ReadSource, type SyntaxNode } from './read-source.ts';

const MOST_CHARACTERS = 200_000;

export type CompiledProgram =
  { readonly ok: true; readonly code: string } | { readonly ok: false; readonly message: string };

/**
 * Meters a program and turns its module text into an expression: a function of the fuel tick that returns the default
 * export. Types are taken out only where there are some, which spares most candidates a trip to the bundler; then what is
 * left is read anew, for the bundler may have read the types otherwise.
 */
export async function compileProgram(source: string): Promise<CompiledProgram> {
  if (source.length > MOST_CHARACTERS)
    return { ok: false, message: `It is longer than ${MOST_CHARACTERS} characters.` };
  try {
    const given = readModule(source, 'ts');
    // Before the types go: with them the bundler takes out what is imported and not used.
    refuseImports(given);
    const plain = given.nodes.some(hasTypes) ? readModule(await withoutTypes(source), 'js') : given;
    const code = meterSource(plain, (edits) => exportsToAssignments(plain, edits));
    return { ok: true, code: `(function(${TICK}){"use strict";let ${RESULT};${code}\nreturn ${RESULT}})` };
  } catch (error) {
    if (error instanceof GuestSourceError)
      return { ok: false, message: `The program does not parse: ${error.message}.` };
    const [first] = (error as { errors?: { text: string }[] }).errors ?? [];
    return { ok: false, message: `The program does not parse: ${first?.text ?? messageOf(error)}` };
  }
}

async function withoutTypes(source: string): Promise<string> {
  const { code } = await transform(source, {
    loader: 'ts',
    target: 'esnext',
    charset: 'utf8',
    logLevel: 'silent',
    tsconfigRaw: {},
  });
  return code;
}

/** Of an anonymous default export. A program can spell it, and then breaks only its own result. */
const RESULT = '$result';

function hasTypes(node: SyntaxNode): boolean {
  if (node.type.startsWith('TS')) return true;
  const isModifier = (key: string): boolean =>
    node[key] !== undefined && node[key] !== null && node[key] !== false;
  if (node.type === 'Identifier') return isModifier('optional');
  return (
    node.type.startsWith('Class') &&
    ['accessibility', 'readonly', 'declare', 'abstract', 'override', 'definite', 'optional'].some(isModifier)
  );
}

function refuseImports({ body }: ReadSource): void {
  for (const node of body)
    if (node.type === 'ImportDeclaration' || node.type === 'ExportAllDeclaration')
      throw new GuestSourceError(`line ${node.loc.start.line}: a program cannot import`);
}

function exportsToAssignments({ text, body }: ReadSource, edits: MagicString): void {
  let hasDefault = false;
  for (const node of body) {
    const refuse = (what: string): never => {
      throw new GuestSourceError(`line ${node.loc.start.line}: ${what}`);
    };
    if (node.type === 'ExportNamedDeclaration') {
      const declaration = node['declaration'] as SyntaxNode | null;
      if (declaration === null) refuse('a program exports one function, by export default');
      else edits.remove(node.start, declaration.start);
    }
    if (node.type === 'ExportDefaultDeclaration') {
      hasDefault = true;
      const declaration = node['declaration'] as SyntaxNode;
      const id = declaration['id'] as SyntaxNode | null | undefined;
      if (declaration.type === 'FunctionDeclaration' && id) {
        edits.remove(node.start, declaration.start);
        edits.appendRight(node.end, `\n;${RESULT}=${String(id['name'])};`);
      } else {
        const [keywords] =
          /^export\s+default/.exec(text.slice(node.start, node.start + 100)) ??
          refuse('export default must stand in one piece');
        edits.overwrite(node.start, node.start + keywords.length, `${RESULT}=`);
        edits.appendRight(node.end, ';');
      }
    }
  }
  if (!hasDefault) throw new GuestSourceError('there is no export default');
}

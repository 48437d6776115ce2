import { parse } from '@babel/parser';
import MagicString from 'magic-string';

interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [member: string]: unknown;
}

/**
 * The text of a configuration with one more suite, imported from a module beside it; undefined where its suites are not
 * written out in `defineConfig({ suites: { … } })`, or cannot be read.
 *
 * @param exports what the module's default is: all families of the suite, or its only one
 */
export function withSuite(
  text: string,
  suite: string,
  module: string,
  exports: 'suite' | 'family' = 'suite',
): string | undefined {
  const program = programOf(text);
  const suites = program?.map(suitesIn).find((found) => found !== undefined);
  if (program === undefined || suites === undefined) return undefined;
  const source = new MagicString(text);
  const imports = program.filter(({ type }) => type === 'ImportDeclaration');
  const variable = variableFor(suite, program);
  const line = `import ${variable} from '${module}';\n`;
  const last = imports.at(-1);
  if (last === undefined) source.prepend(`${line}\n`);
  else source.appendLeft(last.end, `\n${line.trimEnd()}`);
  const value = exports === 'family' ? `[${variable}]` : variable;
  const name = /^\w+$/.test(suite) ? suite : `'${suite}'`;
  const entry = value === name ? name : `${name}: ${value}`;
  const members = suites['properties'] as SyntaxNode[];
  const previous = members.at(-1);
  if (previous === undefined) source.overwrite(suites.start, suites.end, `{ ${entry} }`);
  else {
    const indent = /\n([ \t]*)[^\n]*$/.exec(text.slice(suites.start, previous.start))?.[1];
    source.appendLeft(previous.end, indent === undefined ? `, ${entry}` : `,\n${indent}${entry}`);
  }
  return source.toString();
}

/** A name that nothing else has, and that a variable may have. */
function variableFor(suite: string, program: readonly SyntaxNode[]): string {
  const own = suite.replaceAll(/-+(.)?/g, (_, next: string | undefined) => next?.toUpperCase() ?? '');
  const taken = new Set(namesIn(program));
  const isFree = (name: string): boolean =>
    !taken.has(name) && programOf(`import ${name} from '';`) !== undefined;
  if (isFree(own)) return own;
  for (let number = 1; ; number++) {
    const name = `${own}Suite${number === 1 ? '' : number}`;
    if (isFree(name)) return name;
  }
}

/** Whatever is called something, members too: one name too many is no harm. */
function namesIn(nodes: readonly unknown[]): string[] {
  return nodes.flatMap((node): string[] => {
    if (typeof node !== 'object' || node === null) return [];
    const { type, name } = node as Partial<SyntaxNode>;
    return [...(type === 'Identifier' ? [String(name)] : []), ...namesIn(Object.values(node))];
  });
}

function programOf(text: string): SyntaxNode[] | undefined {
  try {
    const { program } = parse(text, { sourceType: 'module', plugins: ['typescript'] });
    return program.body as unknown as SyntaxNode[];
  } catch {
    return undefined;
  }
}

/** The object of `suites` in the default export. */
function suitesIn(statement: SyntaxNode): SyntaxNode | undefined {
  if (statement.type !== 'ExportDefaultDeclaration') return undefined;
  const declared = statement['declaration'] as SyntaxNode;
  const config = declared.type === 'CallExpression' ? (declared['arguments'] as SyntaxNode[])[0] : declared;
  if (config?.type !== 'ObjectExpression') return undefined;
  const suites = (config['properties'] as SyntaxNode[]).find(
    ({ type, key }) => type === 'ObjectProperty' && (key as { name?: string } | undefined)?.name === 'suites',
  )?.['value'] as SyntaxNode | undefined;
  return suites?.type === 'ObjectExpression' ? suites : undefined;
}

/** How helpers are kept among a genome's files: one module each, and an index that lists them in the order of definition. */
import { HOLE, holesOf, type ImproverInput, type Term } from 'lamarck/agent';
import type { Helper } from './library.ts';

const FOLDER = 'skills/library';
const INDEX = `${FOLDER}/index.ts`;

/** Names of the helpers that a genome has, by their modules. */
export function helperNames(files: ImproverInput['files']): Map<string, string> {
  const modules = [...(files[INDEX] ?? '').matchAll(/from '\.\/([^']+)\.ts'/g)].map(
    (match) => match[1] as string,
  );
  return new Map(
    modules.flatMap((module) => {
      const name = /name: '([^']+)'/.exec(files[`${FOLDER}/${module}.ts`] ?? '')?.[1];
      return name === undefined ? [] : [[name, module] as const];
    }),
  );
}

/** Files of a genome that has these helpers after those it had. */
export function libraryFiles(
  files: ImproverInput['files'],
  helpers: readonly Helper[],
): Record<string, string> {
  const modules = helperNames(files);
  const written: Record<string, string> = {};
  for (const helper of helpers) {
    const module = moduleName(helper.name, [...modules.values()]);
    written[`${FOLDER}/${module}.ts`] = helperSource(helper, modules);
    modules.set(helper.name, module);
  }
  return { ...written, [INDEX]: librarySource([...modules.values()]) };
}

function moduleName(name: string, taken: readonly string[]): string {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/-$/, '');
  let module = slug;
  for (let count = 2; taken.includes(module); count++) module = `${slug}-${count}`;
  return module;
}

function librarySource(modules: readonly string[]): string {
  const imports = modules.map((module) => `import ${variable(module)} from './${module}.ts';\n`).join('');
  const list = modules.map((module) => `...${variable(module)}`).join(', ');
  return `import type { Operator } from 'lamarck/agent';
${imports}
/** Helper functions that programs are made of, each made of operators and of those before it. */
export const library: readonly Operator[] = [${list}];
`;
}

function helperSource({ name, body, uses, utility }: Helper, modules: ReadonlyMap<string, string>): string {
  const used = [...new Set(namesIn(body))].flatMap((operator) => modules.get(operator) ?? []);
  const parameters = parametersOf(body);
  const waiting = [...parameters];
  const functions = [
    'call',
    'defineHelper',
    ...(/^number \d/m.test(namesIn(body).join('\n')) ? ['number'] : []),
  ];
  const imports = used.map((module) => `import ${variable(module)} from './${module}.ts';\n`).join('');
  return `import { ${functions.join(', ')} } from '../../programs/operators/helper.ts';
${imports}
/** Found ${uses} times in verified programs, which it shortens by ${utility} operators. */
export default defineHelper({
  name: '${name}',
  helpers: [${used.map(variable).join(', ')}],
  body: (${parameters.join(', ')}) => ${sourceOf(body, waiting)},
});
`;
}

function sourceOf({ operator, arguments: args }: Term, waiting: string[]): string {
  if (operator === HOLE) return waiting.shift() as string;
  const number = /^number (\d+)$/.exec(operator)?.[1];
  if (number !== undefined) return `number(${number})`;
  return `call(${[`'${operator}'`, ...args.map((argument) => sourceOf(argument, waiting))].join(', ')})`;
}

function namesIn({ operator, arguments: args }: Term): string[] {
  return [operator, ...args.flatMap(namesIn)];
}

const WORDS: Readonly<Record<string, string>> = {
  number: 'n',
  string: 'text',
  boolean: 'is',
  record: 'row',
  'number[]': 'xs',
  'string[]': 'texts',
  'record[]': 'rows',
  'pair[]': 'pairs',
};

/** A name for each hole, by its type. */
function parametersOf(body: Term): string[] {
  const names: string[] = [];
  for (const type of holesOf(body)) {
    const word =
      WORDS[type] ?? (type.endsWith('=>boolean') ? 'test' : type.includes('=>') ? 'change' : 'field');
    const count = names.filter((name) => name.replace(/\d+$/, '') === word).length;
    names.push(count === 0 ? word : `${word}${count + 1}`);
  }
  return names;
}

function variable(module: string): string {
  return `helper${module.replaceAll(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())}`;
}

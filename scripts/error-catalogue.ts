// `docs/errors.md`, made from the code: `node scripts/node.js scripts/error-catalogue.ts` writes it, with `--check` it is compared.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '@babel/parser';
import * as prettier from 'prettier';
import { remedyInWords } from '../src/protocol/errors.ts';

const ROOT = join(import.meta.dirname, '..');
const PAGE = join(ROOT, 'docs', 'errors.md');
const CODE = /^LAMARCK_[A-Z_]+$/;

/** What is thrown at one place. Parts of a text that only the moment knows are `…`. */
interface Thrown {
  readonly code: string;
  readonly boundary: string;
  readonly message: string;
  readonly remedy: string;
  readonly file: string;
}

interface SyntaxNode {
  readonly type: string;
  readonly [member: string]: unknown;
}

/** Every place at which an error is put together, in any of the ways that the code has for it. */
function thrownIn(file: string): Thrown[] {
  const { program } = parse(readFileSync(join(ROOT, file), 'utf8'), {
    sourceType: 'module',
    plugins: ['typescript'],
  });
  const root = program as unknown as SyntaxNode;
  const found: Thrown[] = [];
  const add = (code: string, { boundary = '', message = '', remedy = '' }: Partial<Thrown>): void => {
    const [told, done] = [message, remedy].map((text) => text.replaceAll(/\s+/g, ' ').trim());
    if (CODE.test(code)) found.push({ code, boundary, message: told ?? '', remedy: done ?? '', file });
  };
  visit(root, [], (node, around) => {
    if (node.type === 'ObjectExpression') {
      const members = membersOf(node);
      // A helper that is handed its words: each call of it says others.
      for (const handed of callsOf(around.findLast(isFunction), root)) {
        const text = (name: string): string => textOf(members.get(name)?.value, handed);
        const { value, comment } = members.get('code') ?? { comment: '' };
        for (const code of codesIn(value))
          add(code, {
            boundary: text('boundary'),
            message: isKnown(text('message')) ? text('message') : comment,
            remedy: text('remedy'),
          });
      }
      // A table of codes, each with a comment.
      for (const [name, { value, comment }] of members)
        if (name !== 'code') for (const code of codesIn(value)) add(code, { message: comment });
    }
    // A code with what to do about it.
    if (node.type === 'ArrayExpression') {
      const [first, second] = node['elements'] as SyntaxNode[];
      if (second !== undefined)
        for (const code of codesIn(first))
          if (!CODE.test(textOf(second))) add(code, { remedy: textOf(second) });
    }
    if (node.type === 'NewExpression' && (node['callee'] as SyntaxNode)['name'] === 'OpenEnvError') {
      const [code, message] = node['arguments'] as SyntaxNode[];
      add(`LAMARCK_OPENENV_${textOf(code)}`, { boundary: 'environment', message: textOf(message) });
    }
  });
  return found;
}

/** An object's members by name, each with the comment that stands before it. */
function membersOf(object: SyntaxNode): Map<string, { value: SyntaxNode; comment: string }> {
  return new Map(
    (object['properties'] as SyntaxNode[]).flatMap((property) => {
      const name = (property['key'] as SyntaxNode | undefined)?.['name'];
      if (property.type !== 'ObjectProperty' || typeof name !== 'string') return [];
      const comments = (property['leadingComments'] ?? []) as { value: string }[];
      const comment = comments.map(({ value }) => value.replaceAll(/^\*|^\s*\* ?/gm, '')).join(' ');
      return [[name, { value: property['value'] as SyntaxNode, comment }] as const];
    }),
  );
}

function isFunction({ type }: SyntaxNode): boolean {
  return type === 'FunctionDeclaration';
}

type Handed = ReadonlyMap<string, SyntaxNode>;

/** What a function's parameters are at each of its calls in the file; one that is empty where none is found. */
function callsOf(declared: SyntaxNode | undefined, root: SyntaxNode): readonly Handed[] {
  const name = (declared?.['id'] as SyntaxNode | undefined)?.['name'];
  if (declared === undefined || name === undefined) return [new Map()];
  const parameters = (declared['params'] as SyntaxNode[]).map((each) =>
    String((each.type === 'AssignmentPattern' ? (each['left'] as SyntaxNode) : each)['name']),
  );
  const calls: Handed[] = [];
  visit(root, [], (node) => {
    if (node.type !== 'CallExpression' || (node['callee'] as SyntaxNode)['name'] !== name) return;
    const given = node['arguments'] as SyntaxNode[];
    calls.push(new Map(parameters.flatMap((each, at) => (given[at] ? [[each, given[at]] as const] : []))));
  });
  return calls.length === 0 ? [new Map()] : calls;
}

function codesIn(node: SyntaxNode | undefined): string[] {
  if (node?.type === 'StringLiteral') return CODE.test(String(node['value'])) ? [String(node['value'])] : [];
  if (node?.type !== 'ConditionalExpression') return [];
  return [node['consequent'], node['alternate']].flatMap((branch) => codesIn(branch as SyntaxNode));
}

function textOf(node: SyntaxNode | undefined, handed: Handed = new Map()): string {
  switch (node?.type) {
    case undefined:
      return '';
    case 'StringLiteral':
      return String(node['value']);
    case 'Identifier':
      return handed.has(String(node['name'])) ? textOf(handed.get(String(node['name']))) : '…';
    case 'TemplateLiteral': {
      const parts = (node['quasis'] as SyntaxNode[]).map(
        (part) => (part['value'] as { cooked: string }).cooked,
      );
      const between = (node['expressions'] as SyntaxNode[]).map((each) =>
        each.type === 'Identifier' ? textOf(each, handed) : '…',
      );
      return parts.map((part, at) => part + (between[at] ?? '')).join('');
    }
    case 'ConditionalExpression':
      return [node['consequent'], node['alternate']]
        .map((branch) => textOf(branch as SyntaxNode, handed))
        .filter((branch) => branch !== '…')
        .join(' / ');
    case 'BinaryExpression':
      return [node['left'], node['right']].map((side) => textOf(side as SyntaxNode, handed)).join('');
    // A remedy.
    case 'ObjectExpression': {
      const members = membersOf(node);
      const said = (name: string): string | undefined => {
        const member = members.get(name);
        return member && textOf(member.value, handed);
      };
      const [text = '…', command, option] = ['text', 'command', 'option'].map(said);
      return remedyInWords({ text, command, option });
    }
    default:
      return '…';
  }
}

function visit(
  node: SyntaxNode,
  around: readonly SyntaxNode[],
  seen: (node: SyntaxNode, around: readonly SyntaxNode[]) => void,
): void {
  seen(node, around);
  for (const value of Object.values(node))
    for (const each of Array.isArray(value) ? (value as unknown[]) : [value])
      if (typeof each === 'object' && each !== null && 'type' in each)
        visit(each as SyntaxNode, [...around, node], seen);
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('*', '\\*');
}

function isKnown(text: string): boolean {
  return text !== '' && text !== '…';
}

function page(thrown: readonly Thrown[]): string {
  const byCode = Map.groupBy(thrown, ({ code }) => code);
  const entries = [...byCode.keys()].toSorted().map((code) => {
    const places = byCode.get(code) ?? [];
    const lines = places.map(({ message, remedy, boundary, file }) =>
      [
        `- ${isKnown(message) ? cell(message) : 'Says what went wrong.'}`,
        ...(isKnown(remedy) ? [`**Do:** ${cell(remedy)}`] : []),
        `_(${isKnown(boundary) ? `${boundary}; ` : ''}\`${file}\`)_`,
      ].join(' '),
    );
    return [`## ${code}`, '', ...new Set(lines), ''].join('\n');
  });
  return `# Errors

Every error is a \`LamarckError\`: a \`code\`, the \`boundary\` on whose side it is (\`agent\`, \`environment\`, \`sandbox\`, \`model\`, \`task\`,
\`verifier\`, \`store\`, \`user\`), what happened, and what to do. The codes are in alphabetical order, each with the message of every place that throws it;
\`…\` stands for what only the moment knows. This page is made from the code (\`npm run errors\`), and \`npm run check\` compares it.

${entries.join('\n')}`;
}

const files = globSync('{src,sandboxes,environments,agents,tasks}/**/*.ts', { cwd: ROOT })
  .filter((file) => !/\.(test|fixture)\.ts$|\/template\//.test(file))
  .toSorted();
const options = await prettier.resolveConfig(PAGE);
const made = await prettier.format(page(files.flatMap(thrownIn)), { ...options, filepath: PAGE });
if (process.argv.includes('--check')) {
  let kept = '';
  try {
    kept = readFileSync(PAGE, 'utf8');
  } catch {
    // It is missing, which is as good as old.
  }
  if (kept !== made) {
    console.error('docs/errors.md is not what the code throws: write it anew with `npm run errors`.');
    process.exitCode = 1;
  }
} else writeFileSync(PAGE, made);

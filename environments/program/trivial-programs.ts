import { canonicalJson } from 'lamarck';
import type { Example, Signature } from './signature.ts';

/** Programs that take no thought: give back a parameter of the result's type, or the output of an example. */
export function trivialPrograms(signature: Signature, examples: readonly Example[]): string[] {
  const names = signature.parameters.map(({ name }) => name).join(', ');
  const echoes = signature.parameters.filter(({ type }) => type === signature.result).map(({ name }) => name);
  // In parentheses, because a record would read as a block.
  const constants = examples.map(({ output }) => `(${canonicalJson(output)})`);
  return [...new Set([...echoes, ...constants])].map((result) => `export default (${names}) => ${result};`);
}

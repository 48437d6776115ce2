/**
 * Thinking about a program task: the examples say what is wanted, and expressions are tried from the cheapest up until
 * one gives every example's output. Costs are learned; the number of expressions tried is not (thinking-budget.ts).
 */
import { enumerate, renderExpression, termOf, type Operator, type Term } from 'lamarck/agent';
import { createCostModel, type Costs } from './cost-model.ts';
import { leavesFor, probesFor } from './task-leaves.ts';
import { operators } from './operators.ts';
import { withoutParentheses } from './operators/typed.ts';
import type { ProgramTask } from './program-task.ts';

/** What programs are made of beside the operators, and what everything costs. */
export interface Vocabulary {
  readonly costs: Costs;
  readonly library: readonly Operator[];
}

export interface Thought {
  /** A module text; `undefined` where nothing fitted within the candidates. */
  readonly source: string | undefined;
  readonly program: Term | undefined;
  readonly candidates: number;
}

/** Looks for the cheapest program that gives every example's output. */
export function think(task: ProgramTask, { costs, library }: Vocabulary, candidates: number): Thought {
  const { signature, examples } = task;
  const names = signature.parameters.map(({ name }, index) =>
    isSafeName(name) ? name : `argument${index + 1}`,
  );
  const finding = enumerate({
    leaves: leavesFor(task, names),
    operators: [...operators, ...library],
    costsAt: createCostModel(costs, task),
    goal: { type: signature.result, values: examples.map(({ output }) => output) },
    probes: probesFor(task),
    candidates,
  });
  if (finding.expression === undefined)
    return { source: undefined, program: undefined, candidates: finding.candidates };
  const body = withoutParentheses(String(renderExpression(finding.expression)));
  return {
    source: `export default (${names.join(', ')}) => ${body};\n`,
    program: termOf(finding.expression),
    candidates: finding.candidates,
  };
}

function isSafeName(name: string): boolean {
  return (
    /^[a-z][A-Za-z0-9]*$/.test(name) &&
    !['it', 'at', 'all', 'one', 'other', 'in', 'do', 'if', 'of', 'let', 'new', 'var', 'for', 'try'].includes(
      name,
    )
  );
}

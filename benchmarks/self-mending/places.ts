/** Where, among all edits of a faulty module, is the one that takes the fault back? Nothing is played. */
import { applyEdit, mutationsOf, type Mutation, type Random } from '../../src/agent/index.ts';
import { tryingFacts } from '../../agents/scout/repairs/mend-facts.ts';
import { inOrder, type MendOrder } from '../../agents/scout/repairs/mend-order.ts';
import type { Edit, MendTask } from '../../agents/scout/repairs/mend-task.ts';
import { drawFault, RUNS } from './planted.ts';

export interface Placed {
  readonly module: string;
  /** How many edits the faulty module offers. */
  readonly edits: number;
  /** Of the first that takes the fault back, from 1: in the mean of uniform orders, and in the learned one. */
  readonly uniform: number;
  readonly learned: number;
}

/** @param text the module as it is right; @param count of faults that one edit takes back */
export function placesIn(
  { module, text, count }: { module: string; text: string; count: number },
  order: MendOrder,
  random: Random,
): Placed[] {
  const placed: Placed[] = [];
  for (let tries = 0; placed.length < count && tries < 10 * count; tries++) {
    const fault = drawFault(random, text);
    if (fault === undefined) break;
    const place = placeOf(module, text, applyEdit(text, fault), order);
    if (place) placed.push(place);
  }
  return placed;
}

function placeOf(module: string, right: string, faulty: string, order: MendOrder): Placed | undefined {
  let mutations: Mutation[];
  try {
    mutations = mutationsOf(faulty);
  } catch {
    return undefined;
  }
  const edits: Edit[] = mutations.map(({ kind, line, nth }) => ({ path: module, kind, line, nth }));
  const takingBack = edits.filter((_, at) => applyEdit(faulty, mutations[at] as Mutation) === right);
  if (takingBack.length === 0) return undefined;
  const task: MendTask = {
    module,
    files: { [module]: faulty },
    tests: [{ call: 'play' }],
    results: [{ ok: false }],
    ran: null,
    probed: [],
    left: RUNS,
  };
  const ordered = inOrder(edits, tryingFacts(task, edits), order.tries, module);
  return {
    module,
    edits: edits.length,
    uniform: (edits.length + 1) / (takingBack.length + 1),
    learned: 1 + ordered.findIndex((edit) => takingBack.includes(edit)),
  };
}

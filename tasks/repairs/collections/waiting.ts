interface Job {
  readonly name: string;
  readonly urgency: number;
}

/** Names of jobs by urgency, the most urgent first; of equal urgency as they came. */
export function inTurn(jobs: readonly Job[]): string[] {
  const queue: Job[] = [];
  for (const job of jobs) {
    const at = queue.findIndex(({ urgency }) => urgency < job.urgency);
    if (at === -1) queue.push(job);
    else queue.splice(at, 0, job);
  }
  return queue.map(({ name }) => name);
}

/** Names in the order in which they finish, where each needs some turns, and all take turns of one. */
export function roundRobin(needs: readonly { readonly name: string; readonly turns: number }[]): string[] {
  const queue = needs.map((need) => ({ ...need }));
  const finished: string[] = [];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    next.turns -= 1;
    if (next.turns <= 0) finished.push(next.name);
    else queue.push(next);
  }
  return finished;
}

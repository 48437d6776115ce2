import type { GenomeFiles } from 'lamarck';
import { agentThat } from './good-genomes.fixture.ts';

/** Ways in which a guest may try to leave something for a later one: what reads it, and what leaves some. */
const WAYS: Readonly<Record<string, readonly [read: string, leave: string]>> = {
  global: [`(globalThis as any).memo ?? 0`, `(globalThis as any).memo = event.step + 1;`],
  prototype: [
    `('memo' in [] ? 1 : 0) + ('memo' in {} ? 2 : 0) + ('memo' in (() => 0) ? 4 : 0)`,
    `(Array.prototype as any).memo = 1; (Object.prototype as any).hidden = 1; delete (Object.prototype as any).hidden; (Function.prototype as any).memo = 1;`,
  ],
  library: [
    `((xstate.createActor as any).memo ?? 0) + '/' + ((agent.createRandom as any).memo ?? 0) + '/' + xstate.createActor(xstate.createMachine({})).sessionId`,
    `(xstate.createActor as any).memo = 1; (agent.createRandom as any).memo = 1; for (let i = 0; i < 20; i++) xstate.createActor(xstate.createMachine({})).start();`,
  ],
  expression: [`RegExp.$1 + '|' + RegExp.lastMatch`, `/(left behind)/.exec('what is left behind here');`],
  traces: [
    `(Error as any).stackTraceLimit + String(new Error('trace').stack)`,
    `(Error as any).stackTraceLimit = 1;`,
  ],
  chance: [`[Math.random(), Date.now(), performance.now()].join()`, `Math.random();`],
  timers: [
    `(setTimeout as any).memo ?? setTimeout(() => 0, 5)`,
    `setInterval(() => { (globalThis as any).memo = 9; }, 1); (setTimeout as any).memo = 1;`,
  ],
  promises: [
    `(globalThis as any).late ?? 0`,
    `void Promise.resolve().then(() => { (globalThis as any).late = 1; }); new Promise(() => 0);`,
  ],
  symbols: [
    `Symbol.keyFor(Symbol.for('memo'))`,
    `for (let i = 0; i < amount; i++) Symbol.for(tag + i + 'x'.repeat(1_000_000));`,
  ],
  heap: [
    `Object.keys({ a: 1, b: 2, [tag]: 3, 1: 0 }).length`,
    `(globalThis as any).kept = Array.from({ length: amount * 10_000 }, (_, i) => ({ i }));`,
  ],
  stack: [`depth() + '/' + wideDepth()`, `for (let i = 0; i < amount * 20_000; i++) warm(i); depth();`],
  properties: [
    `Object.getOwnPropertyNames(globalThis).length`,
    `for (let i = 0; i < 3_000; i++) (globalThis as any)['k' + i] = i;`,
  ],
  buffers: [
    `free()`,
    `for (let i = 0; i < amount; i++) (globalThis as any)['buffer' + i] = new Uint8Array(500_000);`,
  ],
};

const body = `
  const { amount, tag } = event.observation;
  if (amount > 0) {
    ${Object.values(WAYS)
      .map(([, leave]) => leave)
      .join('\n    ')}
    return { type: 'decision', action: { tell: { seen: {} } } };
  }
  const seen: Record<string, string> = {};
  ${Object.entries(WAYS)
    .map(([name, [read]]) => `seen[${JSON.stringify(name)}] = String(${read});`)
    .join('\n  ')}
  return { type: 'decision', action: { tell: { seen } } };`;

const top = `
  import * as xstate from 'xstate';
  import * as agent from 'lamarck/agent';
  const warm = (i: number): number => (i % 7) + 1;
  let deep = 0;
  const down = (): void => { deep++; down(); };
  const depth = (): number => { deep = 0; try { down(); } catch {} return deep; };
  const wide = (a: number, b: number, c: number, d: number): number => { deep++; return wide(b, c, d, a + 1) + a * b + c * d; };
  const wideDepth = (): number => { deep = 0; try { wide(1, 2, 3, 4); } catch {} return deep; };
  const free = (): string => {
    const held: unknown[] = []; let bytes = 0;
    for (const size of [1_000_000, 100_000]) try { for (;;) { held.push(new Uint8Array(size)); bytes += size; } } catch {}
    return String(bytes);
  };`;

/**
 * Where it observes an `amount` above 0, leaves as much of everything behind, named by `tag`; otherwise it emits what it can
 * read of the episodes before it.
 */
export const REMEMBERER: GenomeFiles = agentThat(body, top);

/** The names of its ways. */
export const WAYS_TO_REMEMBER = Object.keys(WAYS);

import type { GenomeFiles, GuestLimits } from 'lamarck';
import { afterAll, describe, expect, it } from 'vitest';
import { agentThat, PROMPT_AGENT } from './good-genomes.fixture.ts';
import { isCampaign, shareOf } from '../../tests/support/campaign.ts';
import { createGuestSandbox } from './index.ts';

const LIMITS: Partial<GuestLimits> = {
  fuel: 200_000,
  // Only what V8 cannot interrupt by fuel waits for this; all else has to be done by then on a busy machine too.
  deliveryMilliseconds: 3_000,
  memoryMegabytes: 32,
  messageCharacters: 50_000,
};
const OBSERVE = { type: 'observe', step: 0, observation: { secret: 1 } };
const DECISION = `return { type: 'decision', action: { a: {} } };`;

const guests = createGuestSandbox({ processes: 1 });
afterAll(() => guests[Symbol.asyncDispose]());

/** What becomes of a genome: the code of its failure, or its first decision. */
async function fateOf(files: GenomeFiles): Promise<unknown> {
  try {
    const guest = await guests.boot({ files, entry: 'agent.ts', input: {}, seed: 'a', limits: LIMITS });
    const { answer } = await guest.deliver(OBSERVE);
    await guest.dispose();
    return answer;
  } catch (error) {
    return (error as { code?: string }).code ?? error;
  }
}

const emitsPatch = (files: string): GenomeFiles => ({
  'improve.ts': `
    import { emit, setup } from 'xstate';
    import { defineImprover } from 'lamarck/agent';
    export default defineImprover({ machine: setup({}).createMachine({ entry: emit(() => ({ type: 'patch', files: ${files}, kind: 'k', rationale: 'r' })) }) });`,
});

const machine = (definition: string, top = ''): GenomeFiles => ({
  'agent.ts': `
    import { emit, fromPromise, raise, sendTo, setup } from 'xstate';
    import { defineAgent } from 'lamarck/agent';
    ${top}
    export default defineAgent({ machine: setup({}).createMachine(${definition}) });`,
});

const HOSTILE: [name: string, files: GenomeFiles, ...fates: string[]][] = [
  ['loops for ever', agentThat(`for (;;);`), 'FUEL'],
  ['loops for ever while it loads', agentThat(DECISION, `while (true) {}`), 'FUEL'],
  ['swallows the end of its fuel', agentThat(`for (;;) { try { for (;;); } catch {} }`), 'FUEL'],
  [
    'swallows it in a finally',
    agentThat(`const again = (): any => { try { for (;;); } finally { return again(); } }; return again();`),
    'FUEL',
  ],
  ['swallows it and then decides', agentThat(`try { for (;;); } catch {} ${DECISION}`), 'FUEL'],
  [
    'loops in a generator',
    agentThat(`function* all() { for (;;) yield 1; } for (const one of all()) void one; ${DECISION}`),
    'FUEL',
  ],
  ['recurses for ever', agentThat(`const down = (): any => down() + 1; return down();`), 'THROW', 'FUEL'],
  [
    'recurses on while catching',
    agentThat(`const down = (): any => { try { return down(); } catch { return down(); } }; return down();`),
    'FUEL',
    'TIMEOUT',
  ],
  [
    'recurses through static blocks',
    agentThat(
      `class A { b = class { static { try { new A(); } catch {} try { new A(); } catch {} } }; } new A(); ${DECISION}`,
    ),
    'FUEL',
    'TIMEOUT',
  ],
  [
    'hides a loop behind comments of scripts',
    {
      ...agentThat(DECISION, `import './hidden.ts';`),
      'hidden.ts': `let z = 0, g = 1;\nwhile (1 <!--z) {\n/1) z++; 0/g;\n0 <!--z; }`,
    },
    'FUEL',
  ],
  [
    'transitions for ever',
    machine(`{ initial: 'a', states: { a: { always: 'b' }, b: { always: 'a' } } }`),
    'FUEL',
    'THROW',
  ],
  ['raises events for ever', machine(`{ on: { observe: { actions: raise({ type: 'observe' }) } } }`), 'FUEL'],
  [
    'fills the memory bit by bit',
    agentThat(
      `const all: any[] = []; for (let i = 0; i < 150_000; i++) all.push(new Array(100).fill(i)); ${DECISION}`,
    ),
    'MEMORY',
    'DIED',
    // A busy machine needs longer to fill it than a delivery may take.
    'TIMEOUT',
  ],
  [
    'fills the memory at once',
    agentThat(
      `const all = new Array(30_000_000).fill(0.5); return { type: 'decision', action: { a: { n: all.length } } };`,
    ),
    'MEMORY',
    'THROW',
    'DIED',
  ],
  [
    'fills the memory outside the heap',
    agentThat(`const all: any[] = []; for (;;) all.push(new ArrayBuffer(50_000_000));`),
    'THROW',
    'MEMORY',
    'DIED',
  ],
  [
    'doubles a string without end',
    agentThat(`let text = 'x'; for (;;) text += text;`),
    'THROW',
    'MEMORY',
    'DIED',
  ],
  [
    'repeats a string beyond measure',
    agentThat(`const t = 'ab'.repeat(2 ** 27); return { type: 'decision', action: { a: { t } } };`),
    'PROTOCOL',
    'MEMORY',
    'DIED',
  ],
  [
    'joins a sparse array',
    agentThat(`const t = new Array(2 ** 27).join('abc'); return { type: 'decision', action: { a: { t } } };`),
    'PROTOCOL',
    'MEMORY',
    'DIED',
  ],
  [
    'floods the microtasks',
    agentThat(`const again = (): any => Promise.resolve().then(again); again(); return { type: 'note' };`),
    'FUEL',
  ],
  [
    'floods the microtasks without code of its own',
    agentThat(
      `const p: any = Promise.resolve(); p.then = function () {}; (async () => { for (;;) await null; })(); ${DECISION}`,
    ),
    'FUEL',
    'THROW',
  ],
  [
    'sets timers that set timers',
    agentThat(`const tick = () => setTimeout(tick, 1); tick(); return { type: 'idle' };`),
    'PROTOCOL',
  ],
  [
    'waits for ever on its timers',
    machine(`{ initial: 'a', states: { a: { after: { 10: 'b' } }, b: { after: { 10: 'a' } } } }`),
    'FUEL',
    'TIMEOUT',
  ],
  ['ticks without answering', machine(`{ entry: () => { setInterval(Object, 1); } }`), 'TIMEOUT'],
  [
    'sets too many timers',
    agentThat(`for (let i = 0; i < 5000; i++) setTimeout(() => {}, i); ${DECISION}`),
    'THROW',
  ],
  [
    'never ends a regular expression',
    agentThat(`/^(a+)+$/.test('a'.repeat(60) + 'b'); ${DECISION}`),
    'TIMEOUT',
  ],
  [
    'never ends a sort',
    agentThat(`new Array(1_000_000).fill(1).map((_, i) => i).sort(() => { for (;;); }); ${DECISION}`),
    'FUEL',
  ],
  [
    'reverses a sparse array',
    agentThat(`const a: any = { length: 2 ** 53 - 1 }; Array.prototype.reverse.call(a); ${DECISION}`),
    'TIMEOUT',
    'DIED',
  ],
  [
    'emits too much',
    agentThat(`return { type: 'decision', action: { a: { text: 'x'.repeat(60_000) } } };`),
    'PROTOCOL',
  ],
  [
    'emits a huge note',
    agentThat(
      `return { type: 'decision', action: { a: {} }, note: Array.from({ length: 30_000 }, () => 1) };`,
    ),
    'PROTOCOL',
  ],
  [
    'emits a circle',
    agentThat(
      `const note: any = {}; note.note = note; return { type: 'decision', action: { a: {} }, note };`,
    ),
    'PROTOCOL',
  ],
  ['emits a BigInt', agentThat(`return { type: 'decision', action: { a: { n: 1n } } };`), 'PROTOCOL'],
  [
    'emits a proxy without end',
    agentThat(
      `const deep = (): any => new Proxy({}, { ownKeys: () => ['a'], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }), get: deep }); return { type: 'decision', action: { a: { deep: deep() } } };`,
    ),
    'PROTOCOL',
  ],
  [
    'emits a proxy with countless keys',
    agentThat(
      `const names = Array.from({ length: 60_000 }, (_, i) => 'k' + i); return { type: 'decision', action: { a: { wide: new Proxy({}, { ownKeys: () => names, getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: undefined }) }) } } };`,
    ),
    'PROTOCOL',
    'FUEL',
  ],
  [
    'emits a getter that loops',
    agentThat(`return { type: 'decision', action: { get a() { for (;;); } } };`),
    'FUEL',
  ],
  [
    'emits a getter that throws',
    agentThat(`return { type: 'decision', action: { get a() { throw new Error('no'); } } };`),
    'PROTOCOL',
  ],
  [
    'emits a member named __proto__',
    agentThat(`return { type: 'decision', action: JSON.parse('{"a":{"__proto__":{"polluted":1}}}') };`),
    'PROTOCOL',
  ],
  [
    'emits a message with toJSON',
    agentThat(
      `return { type: 'decision', action: { a: {} }, toJSON: () => ({ type: 'decision', action: { b: {} } }) };`,
    ),
    'PROTOCOL',
  ],
  [
    'puts a setter before all arrays',
    agentThat(`Object.defineProperty(Array.prototype, '0', { set() {}, get: () => 1 }); ${DECISION}`),
    'THROW',
  ],
  ['throws', agentThat(`throw new Error('no');`), 'THROW'],
  ['throws what cannot be read', agentThat(`throw { get message() { for (;;); } };`), 'THROW', 'FUEL'],
  ['throws nothing', agentThat(`throw undefined;`), 'THROW'],
  ['leaves a promise rejected', agentThat(`Promise.reject(new Error('no')); ${DECISION}`), 'THROW'],
  [
    'decides twice',
    machine(
      `{ on: { observe: { actions: [emit({ type: 'decision', action: { a: {} } }), emit({ type: 'decision', action: { b: {} } })] } } }`,
    ),
    'PROTOCOL',
  ],
  [
    'decides and calls',
    machine(
      `{ on: { observe: { actions: [emit({ type: 'decision', action: { a: {} } }), emit({ type: 'call', id: 1, name: 'play', arguments: {} })] } } }`,
    ),
    'PROTOCOL',
  ],
  [
    'decides two things at once',
    agentThat(`return { type: 'decision', action: { a: {}, b: {} } };`),
    'PROTOCOL',
  ],
  ['decides nothing', agentThat(`return { type: 'decision' };`), 'PROTOCOL'],
  ['decides a text', agentThat(`return { type: 'decision', action: 'click' };`), 'PROTOCOL'],
  ['forges a reply', agentThat(`return { type: 'reply', id: 1, value: {} };`), 'PROTOCOL'],
  [
    'forges a fault of ours',
    agentThat(`return { type: 'fault', fault: 'memory', kind: 'fault', message: '' };`),
    'PROTOCOL',
  ],
  [
    'forges the id of a call',
    agentThat(`return { type: 'call', id: -1, name: 'play', arguments: {} };`),
    'PROTOCOL',
  ],
  ['exports no agent', { 'agent.ts': `export default { kind: 'improver', machine: {} };` }, 'PROTOCOL'],
  ['exports nothing', { 'agent.ts': `export const a = 1;` }, 'PROTOCOL'],
  [
    'exports a machine that is none',
    { 'agent.ts': `export default { kind: 'agent', machine: { getInitialSnapshot: 1 } };` },
    'THROW',
  ],
  ['redefines the tick', agentThat(`$fuel = () => {}; for (;;);`), 'COMPILE'],
  ['shadows the tick', agentThat(`return ((\\u0024fuel: any) => { for (;;); })(() => {});`), 'COMPILE'],
  [
    'assigns to the tick through its arguments',
    agentThat(`for (;;);`, `try { (arguments as any)[0] = () => {}; } catch {}`),
    'FUEL',
    'COMPILE',
  ],
  [
    'imports a module of Node',
    agentThat(DECISION, `import { readFileSync } from 'node:fs'; readFileSync('/etc/passwd');`),
    'COMPILE',
  ],
  ['imports a package', agentThat(DECISION, `import 'zod';`), 'COMPILE'],
  ['imports by an absolute path', agentThat(DECISION, `import '/etc/passwd';`), 'COMPILE'],
  ['imports from outside of itself', agentThat(DECISION, `export * from '../../package.json';`), 'COMPILE'],
  ['imports what is not there', agentThat(DECISION, `import './missing.ts';`), 'COMPILE'],
  ['imports while it runs', agentThat(`return import('./agent' + '.ts');`), 'COMPILE'],
  ['requires', agentThat(`return require('node:fs');`), 'COMPILE'],
  [
    'requires by another name',
    agentThat(`const r = require; return r('node:' + 'fs');`, `declare const require: any;`),
    'THROW',
  ],
  ['reads import.meta', agentThat(`return import.meta.url;`), 'COMPILE'],
  ['does not parse', { 'agent.ts': `export default (` }, 'COMPILE'],
  ['is nested beyond all measure', { 'agent.ts': `export default ${'('.repeat(200_000)}` }, 'COMPILE'],
  ['negates beyond all measure', { 'agent.ts': `export default ${'!'.repeat(200_000)}1;` }, 'COMPILE'],
  ['has no entry', { 'other.ts': `` }, 'COMPILE'],
  ['makes code of text', agentThat(`return Function('for (;;);')();`), 'THROW'],
  [
    'makes code of text by a constructor',
    agentThat(`return (() => {}).constructor.constructor('return process')().exit(1);`),
    'THROW',
  ],
  [
    'makes code of text by a generator',
    agentThat(`return Object.getPrototypeOf(async function* () {}).constructor('for (;;);')().next();`),
    'THROW',
  ],
  ['evaluates', agentThat(`return (0, eval)('for (;;);');`), 'THROW'],
];

describe('a hostile genome', () => {
  it.each(shareOf(HOSTILE, ([, , ...fates]) => fates))(
    'that %s comes to its own end, and the next one is served',
    async (_, files, ...fates) => {
      expect(
        fates.map((fate) => (fate === 'DIED' ? 'LAMARCK_ISOLATES_DIED' : `LAMARCK_GUEST_${fate}`)),
      ).toContain(await fateOf(files));
      expect(await fateOf(PROMPT_AGENT)).toEqual({ kind: 'decision', action: { echo: { step: 0 } } });
    },
  );

  if (!isCampaign) {
    it.each([
      ['climbs', `{ '../x.ts': '' }`],
      ['is absolute', `{ '/etc/x.ts': '' }`],
      ['climbs from within', `{ 'a/../../b.ts': '' }`],
      ['goes by a backslash', `{ '..\\\\x.ts': '' }`],
      ['is hidden', `{ '.git/config': '' }`],
      ['is empty', `{ '': '' }`],
      ['has an empty part', `{ 'a//b.ts': '' }`],
      ['holds a zero', `{ 'a\\u0000.ts': '' }`],
      [
        'is one of too many',
        `Object.fromEntries(Array.from({ length: 300 }, (_, i) => ['f' + i + '.ts', '']))`,
      ],
      ['holds no text', `{ 'a.ts': 5 }`],
    ])('cannot patch a file whose path %s', async (_, files) => {
      const booting = guests.boot({
        files: emitsPatch(files),
        entry: 'improve.ts',
        input: {},
        seed: 'a',
        limits: LIMITS,
      });
      await expect(booting).rejects.toMatchObject({ code: 'LAMARCK_GUEST_PROTOCOL', boundary: 'agent' });
    });

    it('that patches every prototype meets only itself: its decision is still what it emitted', async () => {
      const tampering = `
      const lie = () => '{"kind":"fault","fault":"memory","message":"forged"}';
      (JSON as any).stringify = lie; (JSON as any).parse = () => ({ type: 'forged' });
      (Object.prototype as any).toJSON = lie; (String.prototype as any).toJSON = lie;
      (Object as any).keys = () => ['forged']; (Function.prototype as any).call = lie;
      (Reflect as any).getPrototypeOf = lie; (Array as any).isArray = lie; (Reflect as any).apply = lie; (Number as any).isFinite = () => true;
      (globalThis as any).String = lie;`;
      const fate = await fateOf(
        agentThat(`${tampering} return { type: 'decision', action: { honest: { n: 1 } } };`),
      );
      expect(fate).toEqual({ kind: 'decision', action: { honest: { n: 1 } } });
      expect(await fateOf(PROMPT_AGENT)).toEqual({ kind: 'decision', action: { echo: { step: 0 } } });
    });

    it('that breaks promises and arrays for XState ends as a fault, or as what it emitted', async () => {
      const files = agentThat(
        `(Promise.prototype as any).then = () => { for (;;); }; Array.prototype.map = () => { for (;;); }; ${DECISION}`,
      );
      expect([{ kind: 'decision', action: { a: {} } }, 'LAMARCK_GUEST_FUEL']).toContainEqual(
        await fateOf(files),
      );
      expect(await fateOf(PROMPT_AGENT)).toEqual({ kind: 'decision', action: { echo: { step: 0 } } });
    });

    it('that failed stays failed', async () => {
      const guest = await guests.boot({
        files: agentThat(`throw new Error('no');`),
        entry: 'agent.ts',
        input: {},
        seed: 'a',
        limits: LIMITS,
      });
      await expect(guest.deliver(OBSERVE)).rejects.toMatchObject({
        code: 'LAMARCK_GUEST_THROW',
        message: expect.stringContaining('no'),
      });
      await expect(guest.deliver(OBSERVE)).rejects.toMatchObject({ code: 'LAMARCK_GUEST_THROW' });
      await guest.dispose();
      await guest.dispose();
    });

    it('that breaks a rule of guest code is refused with the file and the line of it', async () => {
      const files = { 'agent.ts': `import './skills/a.ts';`, 'skills/a.ts': `\nimport 'node:fs';` };
      await expect(guests.boot({ files, entry: 'agent.ts', input: {}, seed: 'a' })).rejects.toThrow(
        /skills\/a\.ts: line 2: it imports "node:fs"/,
      );
    });
  }
});

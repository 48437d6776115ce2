import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { GenomeFiles } from 'lamarck';
import { afterAll, describe, expect, it } from 'vitest';
import { agentThat, PATIENT_AGENT, PLAYING_IMPROVER, PROMPT_AGENT } from './good-genomes.fixture.ts';
import { createGuestSandbox } from './index.ts';

const guests = createGuestSandbox({ processes: 2 });
afterAll(() => guests[Symbol.asyncDispose]());

const INPUT = { instruction: 'go', environment: 'test', maxSteps: 5, seed: 'a' };
const OBSERVE = { type: 'observe', step: 3, observation: {} };

const boot = (files: GenomeFiles, seed = 'a') =>
  guests.boot({ files, entry: 'agent.ts', input: INPUT, seed });

describe('a guest', () => {
  it('answers each observation with its decision', async () => {
    const guest = await boot(PROMPT_AGENT);
    expect(guest.started.answer).toEqual({ kind: 'idle' });
    for (const step of [0, 1, 2]) {
      const { answer } = await guest.deliver({ ...OBSERVE, step });
      expect(answer).toEqual({ kind: 'decision', action: { echo: { step } } });
    }
    await guest.dispose();
  });

  it('may wait for promises and delays: time is virtual and passes only while an answer is owed', async () => {
    const guest = await boot(PATIENT_AGENT);
    const { answer, changes } = await guest.deliver(OBSERVE);
    expect(answer).toMatchObject({
      kind: 'decision',
      action: { say: { thought: 40 } },
      note: { prompt: '# Hello', now: Date.UTC(2026, 0, 1, 0, 1), date: '2026-01-01T00:01:00.000Z' },
    });
    expect([...guest.started.changes, ...changes]).toEqual([
      { from: '', to: 'waiting', event: 'start' },
      { from: 'waiting', to: 'thinking.inside', event: 'observe' },
      { from: 'thinking.inside', to: 'resting', event: 'done' },
      { from: 'resting', to: 'deciding', event: 'after' },
      { from: 'deciding', to: 'waiting', event: 'always' },
    ]);
    await guest.dispose();
  });

  it('is the same for the same seed, whatever ran before in its isolate', async () => {
    const play = async (seed: string) => {
      const guest = await boot(PATIENT_AGENT, seed);
      const replies = [await guest.deliver(OBSERVE), await guest.deliver(OBSERVE)];
      await guest.dispose();
      return JSON.stringify(replies);
    };
    const first = await play('a');
    const other = await play('b');
    expect(await play('a')).toBe(first);
    expect(other).not.toBe(first);
  });

  it('shares nothing with another guest of the same genome', async () => {
    const counter = agentThat(
      `globalThis.count = (globalThis.count ?? 0) + 1; return { type: 'decision', action: { count: { n: globalThis.count } } };`,
    );
    const [left, right] = [await boot(counter), await boot(counter)];
    await left.deliver(OBSERVE);
    expect((await left.deliver(OBSERVE)).answer).toMatchObject({ action: { count: { n: 2 } } });
    expect((await right.deliver(OBSERVE)).answer).toMatchObject({ action: { count: { n: 1 } } });
    await Promise.all([left.dispose(), right.dispose()]);
  });

  it('sees the language and a handful of globals, nothing else', async () => {
    const guest = await boot(
      agentThat(
        `return { type: 'decision', action: { list: { names: Object.getOwnPropertyNames(globalThis).sort().join(' ') } } };`,
      ),
    );
    const { answer } = await guest.deliver(OBSERVE);
    const { names: text } = (answer as unknown as { action: { list: { names: string } } }).action.list;
    const names = new Set(text.split(' '));
    for (const name of [
      'setTimeout',
      'clearTimeout',
      'setInterval',
      'clearInterval',
      'AbortController',
      'console',
      'Date',
    ]) {
      expect(names).toContain(name);
    }
    for (const name of [
      'process',
      'require',
      'fetch',
      'eval',
      'Intl',
      'WebAssembly',
      'Atomics',
      'SharedArrayBuffer',
      'WeakRef',
      'FinalizationRegistry',
    ]) {
      expect(names).not.toContain(name);
    }
    await guest.dispose();
  });

  it('that improves makes its calls one by one, and its patch ends it', async () => {
    const guest = await guests.boot({ files: PLAYING_IMPROVER, entry: 'improve.ts', input: {}, seed: 'a' });
    expect(guest.started.answer).toMatchObject({ kind: 'call', id: 1, name: 'play' });
    expect((await guest.deliver({ type: 'reply', id: 1, value: {} })).answer).toMatchObject({
      kind: 'call',
      id: 2,
    });
    expect((await guest.deliver({ type: 'reply', id: 2, value: {} })).answer).toEqual({
      kind: 'patch',
      files: { 'skills/new.ts': 'export {};', 'old.ts': null },
      improvement: 'skills',
      rationale: 'because',
    });
    expect((await guest.deliver({ type: 'reply', id: 3, value: {} })).answer).toEqual({ kind: 'end' });
    await guest.dispose();
  });

  it('says in which regions a parallel chart is', async () => {
    const guest = await boot({
      'agent.ts': `
        import { emit, setup } from 'xstate';
        import { defineAgent } from 'lamarck/agent';
        export default defineAgent({ machine: setup({}).createMachine({
          initial: 'work',
          states: { work: { type: 'parallel', states: {
            eyes: { initial: 'shut', states: { shut: { on: { observe: 'open' } }, open: {} } },
            hands: { initial: 'still', states: { still: {} } } } } },
          on: { observe: { actions: emit({ type: 'decision', action: { wave: {} } }) } },
        }) });`,
    });
    expect(guest.started.changes).toEqual([
      { from: '', to: 'work.eyes.shut | work.hands.still', event: 'start' },
    ]);
    await guest.dispose();
  });

  it('that reaches its final state says so', async () => {
    const guest = await boot({
      'agent.ts': `
        import { setup } from 'xstate';
        import { defineAgent } from 'lamarck/agent';
        export default defineAgent({ machine: setup({}).createMachine({ initial: 'a', states: { a: { on: { observe: 'b' } }, b: { type: 'final' } } }) });`,
    });
    expect((await guest.deliver(OBSERVE)).answer).toEqual({ kind: 'end' });
    await guest.dispose();
  });
});

describe('a sandbox of guests', () => {
  it('knows a genome by what it does: not by comments, layout or code that nothing imports', async () => {
    const files = { ...PATIENT_AGENT, ...PLAYING_IMPROVER };
    const own = await guests.fingerprint(files);
    const changedBy = (changed: Record<string, string>): Promise<string> =>
      guests.fingerprint({ ...files, ...changed });
    expect(await changedBy({ 'agent.ts': `/* New. */\n\n${files['agent.ts']}` })).toBe(own);
    expect(await changedBy({ 'unused.ts': 'export {};' })).toBe(own);
    expect(await changedBy({ 'skills/think.ts': 'export const think = (): number => 7;' })).not.toBe(own);
    expect(await changedBy({ 'policy.json': '{ "weight": 5 }' })).not.toBe(own);
    expect(await changedBy({ 'notes.md': 'For the improver to read.' })).not.toBe(own);
  });

  it('reads a chart without starting it', async () => {
    const { states, sends } = await guests.chart(PLAYING_IMPROVER, 'improve.ts');
    expect(sends).toEqual([]);
    expect(states.map(({ name, kind, emits }) => [name, kind, emits])).toEqual([
      ['', 'compound', false],
      ['playing', 'atomic', true],
      ['writing', 'atomic', true],
      ['finished', 'final', false],
    ]);
    expect(states[1]?.transitions).toEqual([
      { event: 'reply', targets: ['writing'], isGuarded: true, emits: false },
    ]);
    await expect(guests.chart({ 'agent.ts': 'for (;;);' }, 'agent.ts')).rejects.toMatchObject({
      code: 'LAMARCK_GUEST_FUEL',
    });
    await expect(guests.chart(PLAYING_IMPROVER, 'agent.ts')).rejects.toMatchObject({
      code: 'LAMARCK_GUEST_COMPILE',
    });
  });

  it('has many guests wait in one process at no cost to each other, which are served one after the other', async () => {
    await using sandbox = createGuestSandbox({ processes: 1 });
    const seeds = Array.from({ length: 20 }, (_, seed) => String(seed));
    const waiting = await Promise.all(
      seeds.map((seed) => sandbox.boot({ files: PROMPT_AGENT, entry: 'agent.ts', input: INPUT, seed })),
    );
    expect(sandbox.statistics).toEqual({ started: 1, died: 0 });
    for (const step of [0, 1]) {
      const answers = await Promise.all(waiting.map((guest) => guest.deliver({ ...OBSERVE, step })));
      for (const { answer } of answers)
        expect(answer).toEqual({ kind: 'decision', action: { echo: { step } } });
    }
    await Promise.all(waiting.map((guest) => guest.dispose()));
  });

  it('puts a guest where fewest are', async () => {
    await using sandbox = createGuestSandbox({ processes: 2 });
    const boot = () => sandbox.boot({ files: PROMPT_AGENT, entry: 'agent.ts', input: INPUT, seed: 'a' });
    const first = await boot();
    expect(sandbox.statistics.started).toBe(1);
    await first.dispose();
    await boot();
    expect(sandbox.statistics.started).toBe(1);
    await boot();
    expect(sandbox.statistics.started).toBe(2);
  });

  it('starts a process more where the guests in those it has may need all their memory', async () => {
    await using sandbox = createGuestSandbox({ processes: 1 });
    const limits = { memoryMegabytes: 512 };
    const boot = () =>
      sandbox.boot({ files: PROMPT_AGENT, entry: 'agent.ts', input: INPUT, seed: 'a', limits });
    await Promise.all([boot(), boot(), boot()]);
    expect(sandbox.statistics.started).toBe(1);
    await boot();
    expect(sandbox.statistics.started).toBe(2);
  });

  it.skipIf(process.platform !== 'linux')(
    'dies with its parent, even where that was killed in the middle of a long delivery',
    async () => {
      const script = `
      import { createGuestSandbox } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))};
      const guests = createGuestSandbox({ processes: 1 });
      const files = { 'agent.ts': ${JSON.stringify(agentThat(`/^(a+)+$/.test('a'.repeat(60) + 'b'); return {};`)['agent.ts'])} };
      const guest = await guests.boot({ files, entry: 'agent.ts', input: {}, seed: 'a', limits: { deliveryMilliseconds: 2000 } });
      guest.deliver({ type: 'observe' }).catch(() => {});
      setTimeout(() => console.log('busy'), 200);`;
      const parent = spawn(
        process.execPath,
        ['--conditions=lamarck-source', '--input-type=module', '-e', script],
        {
          stdio: ['ignore', 'pipe', 'inherit'],
          cwd: import.meta.dirname,
        },
      );
      await new Promise((resolve) => parent.stdout.once('data', resolve));
      const children = readFileSync(`/proc/${parent.pid}/task/${parent.pid}/children`, 'utf8')
        .trim()
        .split(' ')
        .filter(Boolean);
      const isOurs = (pid: string): boolean => {
        try {
          return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('agent-process');
        } catch {
          return false;
        }
      };
      const processes = children.filter(isOurs);
      expect(processes).toHaveLength(1);
      parent.kill('SIGKILL');
      for (let waited = 0; waited < 50 && processes.some(isOurs); waited++) await delay(100);
      expect(processes.filter(isOurs)).toEqual([]);
    },
  );
});

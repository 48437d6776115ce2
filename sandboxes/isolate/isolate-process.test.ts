import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AgentProcessReplySchema, ProgramReplySchema } from './isolate-messages.ts';
import { IsolateProcess } from './isolate-process.ts';
import { buildIsolateProgram, buildProgramPrelude } from './bundles.ts';

const done = { type: 'dispose', guest: 0 };

describe('a process of isolates', () => {
  it('that answers what its reader refuses is ended: it is no longer ours', async () => {
    const notices: string[] = [];
    const process = new IsolateProcess(
      'agent-process',
      await buildIsolateProgram('agent-process'),
      (reason) => notices.push(reason),
    );
    await expect(process.request(done, z.object({ type: z.literal('other') }), 20_000)).rejects.toMatchObject(
      { code: 'LAMARCK_ISOLATES_DIED', boundary: 'sandbox' },
    );
    await expect(process.request(done, AgentProcessReplySchema, 20_000)).rejects.toMatchObject({
      code: 'LAMARCK_ISOLATES_DIED',
    });
    expect(notices).toEqual([expect.stringContaining('malformed')]);
  });

  it('ends itself at a request that it cannot read', async () => {
    const process = new IsolateProcess('agent-process', await buildIsolateProgram('agent-process'), () => {});
    await expect(
      process.request({ type: 'nonsense' }, AgentProcessReplySchema, 20_000),
    ).rejects.toMatchObject({
      code: 'LAMARCK_ISOLATES_DIED',
    });
    expect(process.isDead).toBe(true);
  });

  it('answers in order what it is asked at once', async () => {
    const process = new IsolateProcess('agent-process', await buildIsolateProgram('agent-process'), () => {});
    const replies = await Promise.all(
      [1, 2, 3].map(() => process.request(done, AgentProcessReplySchema, 20_000)),
    );
    expect(replies.map(({ id }) => id)).toEqual([0, 1, 2]);
    process.close();
  });

  it('closes the realm of a program before anything of it runs', async () => {
    const process = new IsolateProcess(
      'program-process',
      await buildIsolateProgram('program-process'),
      () => {},
    );
    const ask = (body: object) => process.request({ ...body }, ProgramReplySchema, 20_000);
    await ask({ type: 'prelude', code: await buildProgramPrelude() });
    const code = 'const { now } = Date; const made = typeof WebAssembly; (() => () => [now(), made])';
    const limits = { fuel: 100, memoryMegabytes: 32, wallMilliseconds: 1_000 };
    const reply = await ask({ type: 'run', limits, candidates: [{ code, inputs: ['[]'] }] });
    expect(reply).toMatchObject({
      outcomes: [[`{"ok":true,"value":[${Date.UTC(2026, 0, 1)},"undefined"],"tampering":["the clock"]}`]],
    });
    process.close();
  });
});

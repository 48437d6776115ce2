import { afterAll, describe, expect, it } from 'vitest';
import { isCampaign, shareOf } from '../../tests/support/campaign.ts';
import { createProgramSandbox } from './index.ts';

describe('a hostile program', () => {
  const programs = createProgramSandbox();
  afterAll(() => programs[Symbol.asyncDispose]());
  const good = { source: 'export default (a: number): number => a + 1', inputs: [[1]] };

  const hostile: [string, string, ...string[]][] = [
    ['loops for ever', `export default () => { for (;;); }`, 'fuel'],
    [
      'swallows the end of its fuel',
      `export default function f() { for (;;) { try { for (;;); } catch {} } }`,
      'fuel',
    ],
    ['loops while it loads', `for (;;); export default () => 1`, 'fuel'],
    ['recurses for ever', `export default function f(n) { return f(n) + 1; }`, 'throw'],
    [
      'fills the memory',
      `export default () => { const all = []; for (;;) all.push(new Array(1000).fill(1)); }`,
      'memory',
      'fuel',
      'killed',
      // A busy machine needs longer to fill it than a program may take.
      'timeout',
    ],
    [
      'fills the memory at once',
      `export default () => new Array(10_000_000).fill(0.5).length`,
      'memory',
      'throw',
      'killed',
    ],
    [
      'never ends a regular expression',
      `export default () => /^(a+)+$/.test('a'.repeat(60) + 'b')`,
      'timeout',
    ],
    ['gives back too much', `export default () => 'x'.repeat(200_000)`, 'output'],
    ['gives back a circle', `export default () => { const a = []; a.push(a); return a; }`, 'output'],
    ['gives back a promise', `export default async () => 1`, 'output'],
    ['gives back no number', `export default () => NaN`, 'output'],
    ['gives back nothing', `export default () => {}`, 'output'],
    [
      'looks for the process',
      `export default () => (() => {}).constructor.constructor('return process')()`,
      'throw',
    ],
    ['names the process', `export default () => process.exit(1)`, 'throw'],
    [
      'imports',
      `import fs from 'node:fs'; export default () => fs.readFileSync('/etc/passwd', 'utf8')`,
      'syntax',
    ],
    ['exports no function', `export default 5`, 'syntax'],
    ['exports nothing', `const a = 1;`, 'syntax'],
    ['does not parse', `export default (`, 'syntax'],
    ['closes the wrapper', `export default () => 1 }); for (;;); (function () {`, 'syntax'],
    [
      'closes the wrapper behind comments of scripts',
      `let z = 0, w;
0 <!--z || {
} , w = (globalThis['$f'+'uel'] = Object, globalThis.D = Date, globalThis.F = Function, Object.defineProperty = Object) , w = function (q) { 1
<!--z; }
export default (n) => [new D().toISOString(), F('return 1+1')(), typeof WebAssembly, typeof process];`,
      'throw',
    ],
    [
      'closes the wrapper by a regular expression that scripts read as a division',
      `await /1}),(globalThis.g=1,globalThis.D=Date),(function(){return () => D.now(); 0/g;\nexport default (n) => n`,
      'syntax',
    ],
    [
      'forges its outcome',
      `JSON.stringify = () => '{"ok":true,"value":42}'; Object.prototype.toJSON = JSON.stringify; export default () => undefined`,
      'output',
    ],
  ];
  it.each(shareOf(hostile, ([, , ...kinds]) => kinds))(
    'that %s gets its outcome, and its neighbours theirs',
    async (_, source, ...kinds) => {
      // What V8 cannot interrupt is waited for three times, each as long as its whole batch may take and a grace.
      const limits = { wallMilliseconds: kinds.includes('killed') ? 300 : 1_000 };
      const [before, hostile, after] = await programs.run([good, { source, inputs: [[1], [2]] }, good], {
        limits,
      });
      expect(before).toEqual([{ ok: true, value: 2 }]);
      expect(after).toEqual([{ ok: true, value: 2 }]);
      expect(hostile).toHaveLength(2);
      for (const outcome of hostile ?? []) expect(kinds).toContain(outcome.ok ? outcome.value : outcome.kind);
      expect(await programs.judge(good)).toEqual([{ ok: true, value: 2 }]);
    },
  );

  if (isCampaign) {
    it('takes nothing from the others of a batch, wherever it stands in it', async () => {
      // V8 ends its process over an array of this length.
      const bomb = { source: "export default () => 'ab'.repeat(2 ** 27).split('').length", inputs: [[1]] };
      const { died } = programs.statistics;
      const batch = Array.from({ length: 60 }, (_, at) => ([3, 30].includes(at) ? bomb : good));
      const outcomes = await programs.run(batch, { limits: { wallMilliseconds: 100 } });
      expect(outcomes).toHaveLength(60);
      for (const [at, [outcome]] of outcomes.entries())
        if (batch[at] === good) expect(outcome).toEqual({ ok: true, value: 2 });
        else expect(outcome).toMatchObject({ ok: false, kind: 'killed' });
      // Each ended the process of its chunk, and twice one to itself.
      expect(programs.statistics.died - died).toBe(6);
    });
  }
});

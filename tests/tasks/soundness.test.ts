import type { TaskFamily } from 'lamarck';
import { afterAll, describe, expect, it } from 'vitest';
import { createSandboxes } from '../../src/presets.ts';
import type { FamilyReport } from '../../src/soundness/index.ts';
import { descend, reach } from '../fixtures/counters/counter.ts';
import * as forgeable from '../fixtures/forgeable.ts';
import * as unsound from '../fixtures/unsound.ts';
import { checkInProcess, expectSound, faultsOf } from '../support/check-family.ts';

const sandboxes = createSandboxes({ pages: 1 });
afterAll(() => sandboxes[Symbol.asyncDispose]());

const reports = new Map<TaskFamily, Promise<FamilyReport>>();
/** Its report, made once. */
function check(family: TaskFamily): Promise<FamilyReport> {
  const report = reports.get(family) ?? checkInProcess(family, sandboxes);
  reports.set(family, report);
  return report;
}

// Families of pages and of programs are in soundness.long.test.ts, and in what tests/tasks/scaffold.test.ts makes.
describe('a family that can be trusted', () => {
  it.each([reach, descend])('$name is sound', async (family) => {
    expectSound(await check(family));
  });

  it('may tolerate small differences, where it refuses great ones', async () => {
    const report = await check(unsound.rough);
    expect(faultsOf(report)).toEqual([]);
    expect(report.findings.find(({ check }) => check === 'mutants')?.says).toMatch(
      /are refused; small changes are accepted of: value$/,
    );
  });

  it('may be unrepeatable, where it says so and is solved each time', async () => {
    const { sound, findings } = await check(unsound.unseeded);
    expect(sound).toBe(true);
    expect(findings.find(({ check }) => check === 'repetition')?.says).toBe(
      'not repeatable by seed; the oracle lost 0 of 10 repeats: a flake rate of 0.00',
    );
  });

  it('says how much of its solution is offered, and nothing where nothing is', async () => {
    // It takes steps that the affordances do not have.
    expect((await check(reach)).coverage).toBeGreaterThan(0);
    expect((await check(reach)).coverage).toBeLessThan(1);
    expect((await check(unsound.unrepeatable)).coverage).toBeNull();
  });
});

it('calls a family without a reference solution neither sound nor unsound', async () => {
  const report = await check(unsound.unsolvable);
  expect(faultsOf(report)).toEqual([]);
  expect([report.verdict, report.sound]).toEqual(['unchecked', false]);
  expect((await check(unsound.closed)).verdict).toBe('unsound');
  expect((await check(reach)).verdict).toBe('sound');
});

describe('what never comes to its end', () => {
  it.each<[keyof typeof unsound.endless, RegExp]>([
    ['open', /^Opening a session of the environment "counter" .* did not return within 1 s/],
    ['observe', /^observe\(\) of the environment "counter" did not return within 0\.9 s/],
    ['act', /^act\.add\(\) of the environment "counter" did not return/],
    ['evidence', /^evidence\(\) of the environment "counter" did not return/],
    ['close', /^close\(\) of the environment "counter" did not return/],
    ['verify', /^verify\(\) of "unsound\/endless-verify" did not return within 1 s/],
    ['a loop in verify', /^verify\(\) of "unsound\/endless-verify" did not return within 1 s/],
  ])('is named, and waited for once: %s', async (which, says) => {
    const before = unsound.waits.begun;
    const { findings } = await check(unsound.endless[which]);
    expect(findings.at(-1)).toMatchObject({ check: 'opening', verdict: 'unsound' });
    expect(findings.at(-1)?.says).toMatch(says);
    expect(unsound.waits.begun - before).toBe(1);
  });
});

it('says which answers were neither told nor shown before they were given', async () => {
  const answersOf = async (family: TaskFamily) =>
    (await check(family)).findings.find(({ check }) => check === 'answers');
  expect(await answersOf(unsound.secret)).toMatchObject({
    verdict: 'unknown',
    says: expect.stringMatching(/^\d+ of \d+ that the oracle gave .* such as "\d+": see that/) as string,
  });
  expect(await answersOf(unsound.unseeded)).toMatchObject({ verdict: 'sound' });
});

describe('fixed instances', () => {
  it('may be three', async () => {
    const report = await check(unsound.three);
    expect(faultsOf(report)).toEqual([]);
    expect(report.findings.find(({ check }) => check === 'oracle')?.says).toBe('earns 1 in 3 of 3 tasks');
  });

  it('are all solved by the oracle where there are no more than seeds, whatever their split', async () => {
    // Each of the twelve is the bad one in soundness.long.test.ts.
    for (const bad of [0, 5, 11]) {
      const [fault] = faultsOf(await checkInProcess(unsound.oneBad(bad), sandboxes, 12));
      expect(fault?.says).toMatch(/^The oracle lost 1 of 12 tasks/);
    }
  });
});

describe('a family that must not be trusted is refused for its own reason', () => {
  it.each<[TaskFamily, string, RegExp]>([
    [unsound.leaky, 'leaks', /data-total="\d+"/],
    [unsound.anything, 'mutants', /accepts whatever is changed in the evidence \(value\)/],
    [unsound.lenient, 'mutants', /accepts \d+ of \d+ changed solutions, such as: value changed \(seed 0, /],
    [unsound.remainder, 'mutants', /accepts \d+ of \d+ changed solutions, such as: value changed/],
    [
      unsound.unrepeatable,
      'repetition',
      /came to something else \(seed 0, difficulty 1\): at step 0: .*visits/,
    ],
    [unsound.flaky, 'repetition', /the oracle lost \d+ of \d+ repeats: a flake rate of 0\.[1-9]/],
    [unsound.constant, 'generation', /50 seeds at difficulty 1 make 1 different task\./],
    [unsound.restless, 'generation', /two different tasks at seed 0, difficulty 1/],
    [unsound.suffix, 'mutants', /accepts \d+ of \d+ changed solutions, such as: said changed/],
    [unsound.changing, 'verifier', /^verify\(\) fails where it cannot change what it is given: .*goal/],
    [unsound.fickle, 'verifier', /^The same evidence earned 0 and then 1 \(seed \d/],
    [unsound.open, 'verifier', /^Evidence that earns 0 earns 1 with a member "debug"/],
    [unsound.counting, 'generation', /another task at seed 48, difficulty 1 after other seeds/],
    [unsound.yearly, 'generation', /another task at seed 49, difficulty 1 .*another date/],
    [unsound.closed, 'opening', /No session can be played: .*no key \(seed 0, difficulty 1\)/],
    [
      unsound.undecided,
      'doing nothing',
      /None of 36 tasks has a reward, the first is seed 0, .*36 × LAMARCK_VERIFIER_FAILED .*NaN/,
    ],
    [unsound.unsolved, 'oracle', /lost \d+ of 18 tasks, first that of seed \d+, difficulty \d/],
  ])('$name', async (family, check_, says) => {
    const faults = faultsOf(await check(family));
    const fault = faults.find(({ check }) => check === check_);
    expect(fault?.says).toMatch(says);
    expect(fault?.remedy).toBeTruthy();
  });

  it('and earns for nothing what its verifier gives away', async () => {
    const faults = faultsOf(await check(unsound.anything)).map(({ check }) => check);
    expect(faults).toEqual(['doing nothing', 'random actions', 'blind actions', 'mutants']);
    expect(faultsOf(await check(unsound.leaky)).map(({ check }) => check)).toEqual(['leaks']);
    expect(faultsOf(await check(unsound.unrepeatable)).map(({ check }) => check)).toEqual(['repetition']);
  });
});

describe('a family whose evidence can be forged is refused, with what was done', () => {
  it.each<[TaskFamily, RegExp]>([
    [
      forgeable.markup,
      /^Evidence can be forged: texts that are HTML with a script earn 1 \(seed 0, .*onerror/,
    ],
    [
      forgeable.evaluated,
      /^Evidence can be forged: texts that are (?:a script|an address with a script) earn 1 .*lamarckEvidence/,
    ],
    [
      forgeable.linked,
      /^Evidence can be forged: texts that are an address with a script earn 1 .*javascript:/,
    ],
    [forgeable.pattern, /^Evidence can be forged: the text "(?:\*|\.\*|)" for all texts earn 1/],
    [
      forgeable.inherited,
      /^Evidence can be forged: the text "(?:__proto__|constructor)" for all texts earn 1/,
    ],
    [forgeable.boundless, /^Evidence can be forged: the number 1e\+308 for all numbers earn 1/],
    [forgeable.beside, /^Evidence can be forged: a wrong program with (?:equality|JSON) that is always/],
    [
      forgeable.shown,
      /^Evidence can be forged: a program that knows the examples that are shown, and nothing else earns 1/,
    ],
    [
      forgeable.ownTests,
      /^Evidence can be forged: (?:emptied tests|tests that list nothing) earn 1 .*tests\.json/,
    ],
    [forgeable.ownResults, /^Evidence can be forged: results written in the place of tests earn 1/],
    [
      forgeable.shownCases,
      /^Evidence can be forged: a module that knows the tests that are shown, and nothing else earns 1/,
    ],
  ])('$name', async (family, says) => {
    const faults = faultsOf(await check(family));
    expect(faults.map(({ check }) => check)).toEqual(['forging']);
    expect(faults[0]?.says).toMatch(says);
    expect(faults[0]?.remedy).toBeTruthy();
  });

  it('and not where any text will do, or the odd one is asked for', async () => {
    expect(faultsOf(await check(forgeable.remark)).filter(({ check }) => check === 'forging')).toEqual([]);
    expect(faultsOf(await check(forgeable.odd)).filter(({ check }) => check === 'forging')).toEqual([]);
  });
});

it('names families whose verifier takes evidence of other tasks: a person has to see that no agent can write it', async () => {
  const borrowedOf = async (family: TaskFamily) =>
    (await check(family)).findings.find(({ check }) => check === 'borrowed evidence')?.verdict;
  expect(await borrowedOf(forgeable.borrowed)).toBe('unknown');
  expect(await borrowedOf(reach)).toBe('sound');
});

it('names families of whose verdict the page’s own script is the only witness', async () => {
  const witnessOf = async (family: TaskFamily) => {
    const { witness, findings } = await check(family);
    return [witness, findings.find(({ check }) => check === 'witness')?.verdict];
  };
  expect(await witnessOf(forgeable.linked)).toEqual(["the page's own script", 'unknown']);
  expect(await witnessOf(reach)).toEqual([null, 'sound']);
});

it('fails by itself where its check cannot go on', async () => {
  const faults = faultsOf(await check(unsound.breaking));
  expect(faults).toEqual([
    {
      check: 'completion',
      verdict: 'unsound',
      says: expect.stringMatching(/^The check broke off: .*unsound\.ts:\d+:\d+: no shape today$/) as string,
      remedy: { text: expect.any(String) as string },
    },
  ]);
});

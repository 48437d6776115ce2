import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { canonicalJson, defineTask, type Json, type Random, type TaskFamily } from 'lamarck';
import { mutationsOf, type Mutation } from 'lamarck/agent';
import { editInto, workspace } from 'lamarck/environments';

const PUBLIC_TESTS = 6;
const HIDDEN_TESTS = 24;
/** Faults drawn for a task; the first that its tests notice is planted. */
const FAULTS = 40;

type Functions = Readonly<Record<string, (...input: never[]) => unknown>>;

/** A correct module of ours: its text, and how to call its functions. */
export interface RepairModule {
  /** The name of the module's file, such as `chunk.ts`. */
  readonly path: string;
  readonly text: string;
  readonly calls: readonly {
    readonly name: string;
    run(input: readonly Json[]): Json;
    draw(random: Random): readonly Json[];
  }[];
}

/**
 * A module that tests can be made for.
 *
 * @param url of its file
 * @param functions what it exports
 * @param draws arguments for those that tests call
 */
export function moduleAt<Exported extends Functions>(
  url: URL,
  functions: Exported,
  draws: { readonly [Name in keyof Exported]?: (random: Random) => [...Parameters<Exported[Name]>] },
): RepairModule {
  const path = basename(url.pathname);
  return {
    path,
    text: readFileSync(url, 'utf8'),
    calls: Object.entries(draws).map(([name, draw]) => ({
      name,
      run: (input) => (functions[name] as (...input: readonly Json[]) => Json)(...structuredClone(input)),
      draw: draw as unknown as (random: Random) => readonly Json[],
    })),
  };
}

/**
 * A family of repairs: typed mutations plant a fault in one of a few modules, each kind as often as another. Difficulty 1: any one fault; 2: one with which at least
 * half of the public tests pass; 3: two at once. What a right module gives for inputs of the seed is what tests expect.
 */
export function defineRepairFamily(definition: {
  name: string;
  description: string;
  modules: readonly RepairModule[];
}): TaskFamily {
  return defineTask({
    name: definition.name,
    description: definition.description,
    environment: workspace,
    maxSteps: 40,
    timeLimit: 60_000,
    generate: ({ random, difficulty }) => {
      const { path, text, calls } = random.pick(definition.modules);
      const [tests, hidden] = drawCases(random, calls);
      const mutations = mutationsOf(text);
      const faults = Array.from({ length: FAULTS }, () =>
        difficulty < 3 ? [drawFault(random, mutations)] : apart(random, mutations),
      );
      const what = difficulty < 3 ? 'a fault' : 'two faults';
      return {
        instruction: random.pick([
          `Mend ${path}: it has ${what}. Comments say what its functions do.`,
          `There ${difficulty < 3 ? 'is' : 'are'} ${what} in ${path}. Make its functions do what their comments say.`,
        ]),
        params: {
          files: { [path]: text },
          module: path,
          tests,
          hidden,
          faults: faults.map((fault) =>
            fault.map(({ start, end, replacement }) => ({ start, end, replacement })),
          ),
          subtle: difficulty === 2,
          goal: text,
        },
      };
    },
    verify: ({ evidence: { submitted, plausible, correct } }) =>
      submitted &&
      correct.total > 0 &&
      correct.passed === correct.total &&
      plausible.passed === plausible.total,
    measures: {
      plausible: ({ evidence: { submitted, plausible } }) =>
        submitted && plausible.passed === plausible.total,
    },
    oracle: function* ({ observation: { module, files }, params }) {
      yield editInto(module, files[module] ?? '', String(params.goal));
      yield { submit: {} };
    },
  });
}

/** Public and hidden tests: different inputs, all functions in turn. */
function drawCases(random: Random, calls: RepairModule['calls']) {
  const seen = new Set<string>();
  const cases: { call: string; input: Json[]; output: Json }[] = [];
  for (let tries = 0; cases.length < PUBLIC_TESTS + HIDDEN_TESTS && tries < 500; tries++) {
    const call = calls[tries % calls.length];
    if (!call) break;
    const input = [...call.draw(random)];
    const name = `${call.name} ${canonicalJson(input)}`;
    if (seen.has(name)) continue;
    seen.add(name);
    cases.push({ call: call.name, input, output: call.run(input) });
  }
  return [cases.slice(0, PUBLIC_TESTS), cases.slice(PUBLIC_TESTS)] as const;
}

/** Two faults in different places. */
function apart(random: Random, mutations: readonly Mutation[]): Mutation[] {
  const first = drawFault(random, mutations);
  const others = mutations.filter(({ start, end }) => end < first.start || start > first.end);
  return others.length === 0 ? [first] : [first, drawFault(random, others)];
}

/** A kind of fault first, then one of it: a module has a hundred variables to mistake for each operator. */
function drawFault(random: Random, mutations: readonly Mutation[]): Mutation {
  const kind = random.pick([...new Set(mutations.map((each) => each.kind))]);
  return random.pick(mutations.filter((each) => each.kind === kind));
}

/**
 * Edits that people made to their own code, as lessons about which edits of a module are worth trying. Planted faults alone teach that
 * the kinds of edits which take something away never mend anything, because planting never adds what they could take away.
 */
import { learnOrder, type Choice, type MendOrder, type Taught } from '../repairs/mend-order.ts';
import packed from '../people-lessons.json' with { type: 'json' };

/** Lessons with each fact's name written once, and equal edits of a lesson counted. */
export interface PackedLessons {
  readonly facts: readonly string[];
  /** Of each lesson its edits: places of their facts, and how many edits have them. The first is the one that was made. */
  readonly lessons: readonly (readonly (readonly [facts: readonly number[], count: number])[])[];
}

/** Of luxon, marked and moment, and of the history of Lamarck: see benchmarks/people-edits.ts. */
export const peopleLessons = packed as unknown as PackedLessons;

/** The order after some episodes of mending, from what they teach and from what people's edits teach. */
export function learnFromMending(known: MendOrder, { tries, choices }: Taught): MendOrder {
  if (tries.length === 0 && choices.length === 0) return known;
  return learnOrder(known, { tries: [...tries, ...unpackLessons(peopleLessons)], choices });
}

export function packLessons(choices: readonly Choice[]): PackedLessons {
  const facts = [...new Set(choices.flatMap((choice) => choice.facts.flat()))].sort();
  const placeOf = new Map(facts.map((fact, at) => [fact, at]));
  const lessons = choices.map(({ facts: edits, chosen: [made = 0] }) => {
    const counts = new Map<string, number>();
    for (const edit of [edits[made] ?? [], ...edits.toSpliced(made, 1)]) {
      const key = JSON.stringify(edit.map((fact) => placeOf.get(fact)));
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return [...counts].map(([key, count]) => [JSON.parse(key) as number[], count] as const);
  });
  return { facts, lessons };
}

export function unpackLessons({ facts, lessons }: PackedLessons): Choice[] {
  return lessons.map((edits) => ({
    facts: edits.flatMap(([places, count]) =>
      Array.from({ length: count }, () => places.map((at) => facts[at] ?? '')),
    ),
    chosen: [0],
    isRight: true,
  }));
}

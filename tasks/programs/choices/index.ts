import type { Random } from 'lamarck';
import { blocksBetween, K, operands, type Arguments, type Block } from '../block.ts';
import { defineProgramFamily } from '../define-program-family.ts';

const N = { name: 'n', type: 'number' } as const;

/** Something that is true of some numbers; `#` is its operand. */
interface Condition {
  readonly weight: number;
  readonly phrase: string;
  readonly source: string;
  readonly least: number;
  readonly most: number;
  holds(n: number, operand: number): boolean;
}

const CONDITIONS: readonly Condition[] = [
  { weight: 4, phrase: 'is greater than #', source: 'x > #', least: 1, most: 3, holds: (n, c) => n > c },
  { weight: 3, phrase: 'is less than #', source: 'x < #', least: 2, most: 3, holds: (n, c) => n < c },
  {
    weight: 4,
    phrase: 'is a multiple of #',
    source: 'x % # === 0',
    least: 2,
    most: 3,
    holds: (n, c) => n % c === 0,
  },
];

/** What is done with a number where a condition holds, or where it does not. */
interface Change {
  readonly phrase: string;
  readonly source: string;
  run(n: number): number;
}

const ADD_ONE: Change = { phrase: 'add 1', source: 'x + 1', run: (n) => n + 1 };
const ADD_FIVE: Change = { phrase: 'add 5', source: 'x + 5', run: (n) => n + 5 };
const SUBTRACT: Change = { phrase: 'subtract 3', source: 'x - 3', run: (n) => n - 3 };
const DOUBLE: Change = { phrase: 'double it', source: 'x * 2', run: (n) => n * 2 };
const NEGATE: Change = { phrase: 'negate it', source: '-x', run: (n) => -n };
const CLEAR: Change = { phrase: 'make it 0', source: '0', run: () => 0 };

/** Where there is one side only, the number stays as it is on the other. */
const ONE_SIDED = [ADD_ONE, ADD_FIVE, SUBTRACT, DOUBLE, NEGATE, CLEAR];
const TWO_SIDED = [
  [DOUBLE, ADD_ONE],
  [ADD_FIVE, SUBTRACT],
  [NEGATE, DOUBLE],
  [SUBTRACT, NEGATE],
  [CLEAR, ADD_FIVE],
  [ADD_ONE, CLEAR],
] as const;

/** Sizes in words, from the smallest. */
const SCALES = [
  ['small', 'medium', 'large'],
  ['cold', 'mild', 'hot'],
  ['low', 'fair', 'high'],
] as const;

/** Every number at which one of the conditions or sizes may change its answer, on both sides of it. */
const BOUNDARIES = Array.from({ length: 12 }, (_, at) => at - 3);

/** What a condition makes of a number, with something to do on one side of it or on both. */
function conditionalBlocks(condition: Condition, withParameter: boolean): Block[] {
  const { phrase, source, holds } = condition;
  const operand = operands(condition.least, condition.most, withParameter);
  const decide = (weight: number, then: Change, otherwise?: Change): Block[] =>
    blocksBetween('number', 'number')(
      weight,
      `if it ${phrase}, ${then.phrase}${otherwise ? `, otherwise ${otherwise.phrase}` : ''}`,
      `((x) => (${source} ? ${then.source} : ${otherwise?.source ?? 'x'}))(@)`,
      (n, c) => (holds(n, c) ? then.run(n) : (otherwise?.run(n) ?? n)),
      operand,
    );
  return [
    ...ONE_SIDED.map((then) => decide(condition.weight / ONE_SIDED.length, then)),
    ...TWO_SIDED.map(([then, otherwise]) => decide(condition.weight / TWO_SIDED.length, then, otherwise)),
  ].flat();
}

/** A number to a word for it. */
function labelBlocks([small, medium, large]: (typeof SCALES)[number], withParameter: boolean): Block[] {
  const label = blocksBetween('number', 'string');
  return label(
    8,
    `say "${small}" if it is less than 0, "${large}" if it is greater than #, otherwise "${medium}"`,
    `((x) => (x < 0 ? '${small}' : x > # ? '${large}' : '${medium}'))(@)`,
    (n, c) => (n < 0 ? small : n > c ? large : medium),
    operands(4, 6, withParameter),
  );
}

/** Plain arithmetic, between choices. */
function plainBlocks(): Block[] {
  const change = blocksBetween('number', 'number');
  return [
    ...change(3, 'add #', '(@ + #)', (n, c) => n + c, operands(2, 4, false)),
    ...change(3, 'multiply by #', '(@ * #)', (n, c) => n * c, operands(2, 3, false)),
  ];
}

/** Different things for different numbers. */
export const choices = defineProgramFamily({
  name: 'programs/choices',
  description: 'What is done with a number depends on it: conditions, cases, words for sizes.',
  ground: (random, withParameter) => {
    const withK = (n: number, k: number): Arguments => (withParameter ? [n, k] : [n]);
    return {
      parameters: withParameter ? [N, K] : [N],
      blocks: [
        ...CONDITIONS.flatMap((condition) => conditionalBlocks(condition, withParameter)),
        ...labelBlocks(random.pick(SCALES), withParameter),
        ...plainBlocks(),
      ],
      isTypical: (pipeline) => pipeline.some(({ phrase }) => /^(if|say) /.test(phrase)),
      drawInput: (draw: Random) => withK(draw.int(-9, 15), draw.int(2, 6)),
      edges: BOUNDARIES.map((n) => withK(n, 3)),
    };
  },
});

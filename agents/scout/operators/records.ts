/** Records and their fields. A field is a constant that the task's signature names; lambdas over records are made of it. */
import { operator } from './typed.ts';

const number = (value: unknown) => value as number;

export const recordOperators = [
  operator(
    'get',
    ['record', 'number field'],
    'number',
    (r, f) => number(r[f]),
    (r, f) => `${r}[${f}]`,
  ),
  operator(
    'get',
    ['record', 'string field'],
    'string',
    (r, f) => r[f] as string,
    (r, f) => `${r}[${f}]`,
  ),
  operator(
    'get',
    ['record', 'boolean field'],
    'boolean',
    (r, f) => r[f] as boolean,
    (r, f) => `${r}[${f}]`,
  ),
  operator(
    'its',
    ['number field'],
    'record=>number',
    (f) => (x) => number(x[f]),
    (f) => (x) => `${x}[${f}]`,
  ),
  operator(
    'its',
    ['string field'],
    'record=>string',
    (f) => (x) => x[f] as string,
    (f) => (x) => `${x}[${f}]`,
  ),
  operator(
    'with',
    ['boolean field'],
    'record=>boolean',
    (f) => (x) => x[f] === true,
    (f) => (x) => `${x}[${f}]`,
  ),
  operator(
    'lacking',
    ['boolean field'],
    'record=>boolean',
    (f) => (x) => x[f] !== true,
    (f) => (x) => `(!${x}[${f}])`,
  ),
  operator(
    'with more',
    ['number field', 'number'],
    'record=>boolean',
    (f, c) => (x) => number(x[f]) > c,
    (f, c) => (x) => `(${x}[${f}] > ${c})`,
  ),
  operator(
    'with less',
    ['number field', 'number'],
    'record=>boolean',
    (f, c) => (x) => number(x[f]) < c,
    (f, c) => (x) => `(${x}[${f}] < ${c})`,
  ),
  operator(
    'with text',
    ['string field', 'string'],
    'record=>boolean',
    (f, t) => (x) => x[f] === t,
    (f, t) => (x) => `(${x}[${f}] === ${t})`,
  ),
  operator(
    'ascending by',
    ['record[]', 'number field'],
    'record[]',
    (xs, f) => [...xs].sort((a, b) => number(a[f]) - number(b[f])),
    (xs, f) => `[...${xs}].sort((a, b) => a[${f}] - b[${f}])`,
  ),
  operator(
    'descending by',
    ['record[]', 'number field'],
    'record[]',
    (xs, f) => [...xs].sort((a, b) => number(b[f]) - number(a[f])),
    (xs, f) => `[...${xs}].sort((a, b) => b[${f}] - a[${f}])`,
  ),
];

/** Texts and lambdas over texts. Characters are UTF-16 units, as JavaScript's own `slice` counts them. */
import { operator } from './typed.ts';

export const stringOperators = [
  operator(
    'upper case',
    ['string'],
    'string',
    (s) => s.toUpperCase(),
    (s) => `${s}.toUpperCase()`,
  ),
  operator(
    'lower case',
    ['string'],
    'string',
    (s) => s.toLowerCase(),
    (s) => `${s}.toLowerCase()`,
  ),
  operator(
    'trim',
    ['string'],
    'string',
    (s) => s.trim(),
    (s) => `${s}.trim()`,
  ),
  operator(
    'mirror',
    ['string'],
    'string',
    (s) => [...s].reverse().join(''),
    (s) => `[...${s}].reverse().join('')`,
  ),
  operator(
    'first characters',
    ['string', 'number'],
    'string',
    (s, n) => (n < 1 ? undefined : s.slice(0, n)),
    (s, n) => `${s}.slice(0, ${n})`,
  ),
  operator(
    'without first characters',
    ['string', 'number'],
    'string',
    (s, n) => (n < 1 ? undefined : s.slice(n)),
    (s, n) => `${s}.slice(${n})`,
  ),
  operator(
    'last characters',
    ['string', 'number'],
    'string',
    (s, n) => (n < 1 ? undefined : s.slice(-n)),
    (s, n) => `${s}.slice(-${n})`,
  ),
  operator(
    'repeat',
    ['string', 'number'],
    'string',
    (s, n) => (n < 0 || n > 20 ? undefined : s.repeat(n)),
    (s, n) => `${s}.repeat(${n})`,
  ),
  operator(
    'append',
    ['string', 'string'],
    'string',
    (s, t) => s + t,
    (s, t) => `(${s} + ${t})`,
  ),
  operator(
    'without',
    ['string', 'string'],
    'string',
    (s, t) => (t === '' ? undefined : s.split(t).join('')),
    (s, t) => `${s}.split(${t}).join('')`,
  ),
  operator(
    'split',
    ['string', 'string'],
    'string[]',
    (s, t) => s.split(t),
    (s, t) => `${s}.split(${t})`,
  ),
  operator(
    'join',
    ['string[]', 'string'],
    'string',
    (xs, t) => xs.join(t),
    (xs, t) => `${xs}.join(${t})`,
  ),
  operator(
    'length of text',
    ['string'],
    'number',
    (s) => s.length,
    (s) => `${s}.length`,
  ),
  operator(
    'number in',
    ['string'],
    'number',
    (s) => (/^-?\d+$/.test(s) ? Number(s) : undefined),
    (s) => `Number(${s})`,
  ),
  operator(
    'contains',
    ['string', 'string'],
    'boolean',
    (s, t) => s.includes(t),
    (s, t) => `${s}.includes(${t})`,
  ),
  operator(
    'starts with',
    ['string', 'string'],
    'boolean',
    (s, t) => s.startsWith(t),
    (s, t) => `${s}.startsWith(${t})`,
  ),
  operator(
    'is same text',
    ['string', 'string'],
    'boolean',
    (s, t) => s === t,
    (s, t) => `(${s} === ${t})`,
  ),

  operator(
    'longer than',
    ['number'],
    'string=>boolean',
    (n) => (x) => x.length > n,
    (n) => (x) => `(${x}.length > ${n})`,
  ),
  operator(
    'containing',
    ['string'],
    'string=>boolean',
    (t) => (x) => x.includes(t),
    (t) => (x) => `${x}.includes(${t})`,
  ),
  operator(
    'starting with',
    ['string'],
    'string=>boolean',
    (t) => (x) => x.startsWith(t),
    (t) => (x) => `${x}.startsWith(${t})`,
  ),
  operator(
    'its length',
    [],
    'string=>number',
    () => lengthOf,
    () => (x) => `${x}.length`,
  ),
  operator(
    'its upper case',
    [],
    'string=>string',
    () => upperCase,
    () => (x) => `${x}.toUpperCase()`,
  ),
  operator(
    'its lower case',
    [],
    'string=>string',
    () => lowerCase,
    () => (x) => `${x}.toLowerCase()`,
  ),
  operator(
    'its mirror',
    [],
    'string=>string',
    () => mirror,
    () => (x) => `[...${x}].reverse().join('')`,
  ),
  operator(
    'its first characters',
    ['number'],
    'string=>string',
    (n) => (x) => (n < 1 ? (undefined as never) : x.slice(0, n)),
    (n) => (x) => `${x}.slice(0, ${n})`,
  ),
];

// Named once, so that they are the same function on every example.
const lengthOf = (x: string) => x.length;
const upperCase = (x: string) => x.toUpperCase();
const lowerCase = (x: string) => x.toLowerCase();
const mirror = (x: string) => [...x].reverse().join('');

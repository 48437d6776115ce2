export { browser } from './browser/index.ts';
export { program } from './program/index.ts';

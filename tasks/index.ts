export { programs } from './programs/index.ts';
export { web } from './web/index.ts';

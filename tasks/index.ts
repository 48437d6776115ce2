export { miniwob } from './miniwob/index.ts';
export { programs } from './programs/index.ts';
export { allWeb, web } from './web/index.ts';

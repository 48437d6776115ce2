export { jsonl } from './jsonl/index.ts';
export { miniwob } from './miniwob/index.ts';
export { allPrograms, programs } from './programs/index.ts';
export { repairs } from './repairs/index.ts';
export { SELF_MENDING, selfMending } from './self-mending/index.ts';
export { allWeb, web } from './web/index.ts';

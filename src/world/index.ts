export { serveWorld } from './serve-world.ts';
export { createWorldPool, type WorldPool, type WorldProgram } from './world-pool.ts';

export { serveWorld } from './serve-world.ts';
export { createWorldPool, type WorldPool, type EnvironmentProgram } from './world-pool.ts';

export { createGuestSandbox } from './guest-sandbox.ts';
export { probeIsolate } from './probe-isolate.ts';
export { createProgramSandbox } from './program-sandbox.ts';

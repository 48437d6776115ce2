export {
  browser,
  defineWebEnvironment,
  type WebContext,
  type WebEnvironment,
  type WebEnvironmentDefinition,
  type WebServer,
} from './browser/index.ts';
export { defineMiniwobEnvironment } from './miniwob/index.ts';
export { program } from './program/index.ts';

export {
  browser,
  defineMiniwobEnvironment,
  defineWebEnvironment,
  pageFamily,
  type WebContext,
  type WebEnvironment,
  type WebEnvironmentDefinition,
  type WebServer,
} from './browser/index.ts';
export { program } from './program/index.ts';
export { editInto, workspace } from './workspace/index.ts';

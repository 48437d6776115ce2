export {
  defineWebEnvironment,
  type WebContext,
  type WebEnvironment,
  type WebEnvironmentDefinition,
} from './define-web-environment.ts';
export type { WebServer } from './web-server.ts';
export { pageFamily } from './page-family.ts';

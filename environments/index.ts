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
export { editInto } from './workspace/edit-into.ts';
export { workspace } from './workspace/index.ts';
export type { Case } from './workspace/cases.ts';
export { USUAL_FUEL, type Fuel } from './workspace/fuel.ts';
// For adapters whose data has tests as scripts.
export { recordedCases, recordingProgram, type TestScript } from './workspace/test-script.ts';
export { testedProgram, testResults } from './workspace/tested-program.ts';

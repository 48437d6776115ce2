export {
  defineEnvironment,
  type ActionNotation,
  type ActionOf,
  type ActionSchemas,
  type Environment,
  type EnvironmentDefinition,
  type Feedback,
  type HoldClock,
  type MaybePromise,
  type OpenContext,
  type Performance,
  type Preparing,
  type Repeatability,
  type SessionHooks,
  type Playout,
} from './define-environment.ts';
export {
  OPENENV_REQUESTS,
  OpenEnvError,
  OpenEnvRequestSchema,
  OpenEnvResetSchema,
  OpenEnvStateSchema,
  type OpenEnvCode,
  type OpenEnvReply,
} from './openenv-protocol.ts';
export { defineRemoteEnvironment, type RemoteEnvironmentDefinition } from './remote-environment.ts';
export { readRemoteSchemas } from './remote-schemas.ts';
export { checkAction, openSession, rejectAction, type Session } from './session.ts';
export { takeTurn } from './turns.ts';
export { actionExamples } from './action-examples.ts';
export { typedAction, usageOf } from './typed-action.ts';

export {
  defineEnvironment,
  type ActionOf,
  type ActionSchemas,
  type Environment,
  type EnvironmentDefinition,
  type Feedback,
  type MaybePromise,
  type OpenContext,
  type Repeatability,
  type SessionHooks,
  type Walk,
} from './define-environment.ts';
export { openSession, rejectAction, type Session } from './session.ts';
export { takeTurn } from './turns.ts';

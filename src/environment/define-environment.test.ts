import { expect, it } from 'vitest';
import { z } from 'zod';
import { defineEnvironment } from './define-environment.ts';

const withAction = (name: string) =>
  defineEnvironment({
    name: 'builder',
    params: z.object({}),
    observation: z.object({}),
    actions: { [name]: z.object({}) },
    evidence: z.object({}),
    open: () => ({ observe: () => ({}), act: { [name]: () => undefined }, evidence: () => ({}) }),
  });

it('is refused where an action has a name that every object answers to', () => {
  for (const name of ['constructor', 'toString', 'valueOf'])
    expect(() => withAction(name)).toThrow(`The environment "builder" has an action "${name}"`);
  expect(withAction('construct').actions).toHaveProperty('construct');
});

it('is refused where it has a member that nobody knows, with the nearest one that is known', () => {
  const { name, params, observation, actions, evidence, open } = withAction('construct');
  const definition = { name, params, observation, actions, evidence, open, desciption: 'of houses' };
  expect(() => defineEnvironment(definition)).toThrow(
    'has no member "desciption"; did you mean "description"?',
  );
});

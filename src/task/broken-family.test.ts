import { expect, it } from 'vitest';
import { LamarckError } from '../protocol/index.ts';
import { brokenFamily, makeTask } from './index.ts';

it('a broken family tells why to whoever asks for a task of it', () => {
  const why = new LamarckError({ code: 'LAMARCK_X', boundary: 'user', message: 'a.json is gone.' });
  const family = brokenFamily('some/family', why);
  expect(family).toMatchObject({ name: 'some/family', broken: why });
  expect(() => makeTask(family, 0, 1)).toThrow(why);
});

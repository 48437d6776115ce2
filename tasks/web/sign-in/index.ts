import { defineTask } from 'lamarck';
import { browser } from 'lamarck/environments';
import { find } from '../find.ts';
import { isGoalState } from '../goal.ts';
import { drawStyle } from '../markup.ts';
import { drawPeople } from '../names.ts';
import { signInSite } from './page.ts';

const NAMES = ['User name', 'Account', 'Login', 'Member name'];
const PASSWORDS = ['Password', 'Pass phrase', 'Secret'];
const REMEMBER = ['Stay signed in', 'Keep me signed in', 'Remember me'];
const SUBMIT = ['Sign in', 'Log in', 'Continue', 'Enter'];
const BRANCHES = ['Harbour', 'Old Town', 'Station', 'Riverside', 'Market Square', 'Hillside'];
const FRUITS = ['plum', 'quince', 'cherry', 'medlar', 'apricot', 'olive', 'sloe', 'fig'];

/** Sign in with a name and a password; a wrong try may be repeated. */
export const signIn = defineTask({
  name: 'web/sign-in',
  description: 'Sign in with a given name and password, among other forms.',
  environment: browser,
  maxSteps: 12,
  generate: ({ random, difficulty }) => {
    const [person = ''] = drawPeople(random, 1);
    const name = person.toLowerCase().replace(' ', random.pick(['.', '-', '_']));
    const password = `${random.pick(FRUITS)}-${random.int(1000, 9999)}`;
    const hasRemember = difficulty > 1;
    const remember = hasRemember && random.chance();
    const branches = difficulty > 2 ? random.sample(BRANCHES, 4) : [];
    const branch = branches.length > 0 ? random.pick(branches) : null;
    const rememberWords = remember
      ? ' and stay signed in'
      : difficulty > 2
        ? ' and do not stay signed in'
        : '';
    return {
      instruction: `Sign in as "${name}" with password "${password}"${branch ? ` at the ${branch} branch` : ''}${rememberWords}.`,
      params: {
        site: signInSite({
          style: drawStyle(random, difficulty),
          title: random.pick(['Members', 'Your account', 'Welcome back', 'Reading room', 'Staff pages']),
          labels: {
            name: random.pick(NAMES),
            password: random.pick(PASSWORDS),
            remember: random.pick(REMEMBER),
            submit: random.pick(SUBMIT),
          },
          account: { name, password },
          remember: !hasRemember ? 'absent' : difficulty > 2 && random.chance() ? 'checked' : 'unchecked',
          branches,
          forgot: difficulty > 1,
          register: difficulty > 2 ? random.pick(['before', 'after', 'tab']) : 'absent',
        }),
        goal: { signedIn: { name, remember, branch }, registrations: 0, resets: 0 },
      },
    };
  },
  verify: isGoalState,
  oracle: function* ({ observation, instruction }) {
    const [, name = '', password = '', branch, stay] =
      /^Sign in as "(.+)" with password "(.+?)"(?: at the (.+) branch)?( and stay signed in)?/.exec(
        instruction,
      ) ?? [];
    const tab = observation.elements.find((element) => element.role === 'tab' && element.name === 'Sign in');
    if (tab) observation = yield { click: { ref: tab.ref } };
    observation = yield { fill: { ref: find(observation, ['textbox'], NAMES).ref, text: name } };
    observation = yield { fill: { ref: find(observation, ['textbox'], PASSWORDS).ref, text: password } };
    const select = branch ? find(observation, ['combobox'], ['Branch']) : undefined;
    if (select && select.value !== branch)
      observation = yield { select: { ref: select.ref, option: branch ?? '' } };
    const box = observation.elements.find((element) => element.role === 'checkbox');
    if (box && (box.state ?? []).includes('checked') !== (stay !== undefined))
      observation = yield { click: { ref: box.ref } };
    yield { click: { ref: find(observation, ['button'], SUBMIT).ref } };
    yield { done: {} };
  },
});

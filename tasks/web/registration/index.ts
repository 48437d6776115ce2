import { defineTask, type Random } from 'lamarck';
import { browser } from 'lamarck/environments';
import { chooseOption, find, setCheck, type Page, type Seen } from '../find.ts';
import { isGoalState } from '../goal.ts';
import { drawLook } from '../look.ts';
import { drawPeople } from '../names.ts';
import { registrationSite, type Rules } from './page.ts';

const FRUITS = ['plum', 'quince', 'cherry', 'medlar', 'apricot', 'olive', 'sloe', 'fig'];
const HOSTS = ['mill.example', 'harbour.example', 'post.example', 'letters.example'];
const COUNTRIES = ['Denmark', 'Estonia', 'Iceland', 'Malta', 'Portugal', 'Slovenia'];
const WORDS = {
  name: ['User name', 'Choose a name', 'Nickname'],
  email: ['E-mail', 'E-mail address', 'Your e-mail'],
  password: ['Password', 'Choose a password', 'Pass phrase'],
  repeat: ['Repeat it', 'Once more', 'Password again'],
  country: ['Country', 'Where you live'],
  terms: ['I accept the terms', 'I agree to the rules'],
  news: ['Send me news', 'Tell me about offers'],
  submit: ['Register', 'Create account', 'Sign up'],
};

/** What is asked for, and what to take where that is refused. */
type Wish = { readonly text: string; readonly instead?: string | undefined };
type Account = {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly country: string | null;
  readonly news: boolean;
};

/** Fill in a form that may refuse what is asked for, and then take what the instruction has instead. */
export const registration = defineTask({
  name: 'web/registration',
  description: 'Register with given data; what the form refuses is replaced by a second choice.',
  environment: browser,
  maxSteps: 32,
  generate: ({ random, difficulty }) => {
    const [person = ''] = drawPeople(random, 1);
    const wishes = drawWishes(random, person, difficulty);
    const refuses = (wish: Wish): boolean => wish.instead !== undefined && random.chance(0.6);
    const refused = {
      name: refuses(wishes.name),
      email: refuses(wishes.email),
      password: refuses(wishes.password),
    };
    const taken = (key: keyof typeof refused): string =>
      (refused[key] ? wishes[key].instead : undefined) ?? wishes[key].text;
    const country = difficulty > 2 ? random.pick(COUNTRIES) : null;
    const news = difficulty > 1 && random.chance();
    const labels = {
      name: random.pick(WORDS.name),
      email: random.pick(WORDS.email),
      password: random.pick(WORDS.password),
      repeat: random.pick(WORDS.repeat),
      country: random.pick(WORDS.country),
      terms: random.pick(WORDS.terms),
      news: random.pick(WORDS.news),
      submit: random.pick(WORDS.submit),
    };
    const account: Account = {
      name: taken('name'),
      email: taken('email'),
      password: taken('password'),
      country,
      news,
    };
    return {
      instruction: say(random, wishes, { country, news: difficulty > 1 ? news : null }),
      params: {
        site: registrationSite({
          look: drawLook(random, difficulty),
          title: random.pick(['Become a member', 'New account', 'Join the library', 'Registration']),
          fields: random.shuffle(['name', 'email', 'password']),
          labels,
          rules: drawRules(random, wishes, refused),
          countries: country === null ? [] : random.shuffle(COUNTRIES).toSorted(),
          hasTerms: difficulty > 1,
          news: difficulty === 1 ? 'absent' : random.chance() ? 'checked' : 'unchecked',
          complaints: random.pick(['beside', 'above', 'one at a time']),
          repeats: random.chance(),
          clears: difficulty > 1 && random.chance(0.4),
        }),
        goal: { registered: [account], besides: 0 },
      },
    };
  },
  verify: isGoalState,
  oracle: function* ({ observation, params, instruction }) {
    const [account] = (params.goal as { registered: Account[] }).registered;
    const wishes = wishesIn(instruction);
    const fields = [
      { labels: WORDS.name, wish: wishes.name, complaint: /taken/ },
      { labels: WORDS.email, wish: wishes.email, complaint: /cannot write/ },
      { labels: WORDS.password, wish: wishes.password, complaint: /at least/ },
      { labels: WORDS.repeat, wish: wishes.password, complaint: /at least/ },
    ].map((field) => ({ ...field, text: field.wish.text, isStale: false }));
    do {
      for (const field of fields) {
        const { text, isStale } = field;
        const box = fieldOf(observation, field.labels);
        if (!box || (!isStale && isFilledWith(box, text))) continue;
        observation = yield { fill: { ref: box.ref, text } };
        field.isStale = false;
      }
      const country = account?.country && chooseOption(observation, WORDS.country, account.country);
      if (country) observation = yield country;
      for (const [labels, isOn] of [
        [WORDS.terms, true] as const,
        [WORDS.news, account?.news === true] as const,
      ]) {
        const label = labels.find((text) => observation.elements.some(({ name }) => name === text));
        const check = label === undefined ? undefined : setCheck(observation, label, isOn);
        if (check) observation = yield check;
      }
      observation = yield { click: { ref: find(observation, ['button'], WORDS.submit).ref } };
      for (const field of fields) {
        if (field.text !== field.wish.text || !shows(observation, field.complaint)) continue;
        field.text = field.wish.instead ?? '';
        field.isStale = true;
      }
    } while (!shows(observation, /^Welcome/));
    yield { done: {} };
  },
});

/** The name may be taken from difficulty 2 on; e-mail and password may be refused from difficulty 3 on. */
function drawWishes(random: Random, person: string, difficulty: number) {
  const [given = '', family = ''] = person.toLowerCase().split(' ');
  const [one = '', other = ''] = random.shuffle([
    `${given}.${family}`,
    `${given}_${random.int(10, 99)}`,
    `${family}-${given.charAt(0)}`,
  ]);
  const [host, another] = random.sample(HOSTS, 2);
  const [fruit, more] = random.sample(FRUITS, 2);
  const password = `${fruit}-${random.int(100, 999)}`;
  return {
    name: { text: one, instead: difficulty > 1 ? other : undefined },
    email: { text: `${given}@${host}`, instead: difficulty > 2 ? `${family}@${another}` : undefined },
    password: { text: password, instead: difficulty > 2 ? `${password}-${more}` : undefined },
  } satisfies Record<string, Wish>;
}

/** Rules that refuse just what is to be refused, among other things. */
function drawRules(
  random: Random,
  wishes: ReturnType<typeof drawWishes>,
  refused: Readonly<Record<keyof typeof wishes, boolean>>,
): Rules {
  const others = drawPeople(random, 4).map((name) => name.toLowerCase().replace(' ', '.'));
  const hostOf = ({ text }: Wish): string => text.slice(text.indexOf('@') + 1);
  const otherHost = random.pick(['nowhere.example', 'spam.example']);
  return {
    taken: random.shuffle([
      ...others.filter((name) => name !== wishes.name.text && name !== wishes.name.instead),
      ...(refused.name ? [wishes.name.text] : []),
    ]),
    refusedHosts: [refused.email ? hostOf(wishes.email) : otherHost],
    leastLetters: wishes.password.text.length + (refused.password ? random.int(1, 3) : -random.int(0, 2)),
  };
}

function say(
  random: Random,
  wishes: ReturnType<typeof drawWishes>,
  { country, news }: { country: string | null; news: boolean | null },
): string {
  const quoted = ({ text, instead }: Wish): string =>
    `"${text}"${instead === undefined ? '' : ` (or "${instead}" where that is refused)`}`;
  const from = country === null ? '' : `, living in ${country}`;
  const rest =
    news === null ? '' : ` Accept the terms${news ? ' and ask for news' : ', but do not ask for news'}.`;
  const [name, email, password] = [quoted(wishes.name), quoted(wishes.email), quoted(wishes.password)];
  return random.pick([
    `Register as ${name} with the e-mail ${email} and the password ${password}${from}.${rest}`,
    `Create an account as ${name}, with password ${password} and e-mail ${email}${from}.${rest}`,
  ]);
}

function wishesIn(instruction: string): Record<'name' | 'email' | 'password', Wish> {
  const wishOf = (word: string): Wish => {
    const [, text = '', instead] =
      new RegExp(`${word} "([^"]+)"(?: \\(or "([^"]+)")?`).exec(instruction) ?? [];
    return { text, instead };
  };
  return { name: wishOf('as'), email: wishOf('e-mail'), password: wishOf('password') };
}

function fieldOf({ elements }: Page, labels: readonly string[]): Seen | undefined {
  return elements.find(({ role, name }) => role === 'textbox' && labels.includes(name));
}

/** Of a password only the length is seen. */
function isFilledWith({ value = '' }: Seen, text: string): boolean {
  return value === text || value === '•'.repeat(text.length);
}

function shows({ elements }: Page, pattern: RegExp): boolean {
  return elements.some(({ name, text = name }) => pattern.test(text));
}

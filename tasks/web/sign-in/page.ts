import { choiceField, selectField, textField } from '../fields.ts';
import { embed, escapeHtml, page, type Style } from '../markup.ts';

/** What the sign-in page of one task shows. */
export interface SignInPage {
  readonly style: Style;
  readonly title: string;
  readonly labels: {
    readonly name: string;
    readonly password: string;
    readonly remember: string;
    readonly submit: string;
  };
  /** The one account that there is; only its fingerprint goes into the page. */
  readonly account: { readonly name: string; readonly password: string };
  readonly remember: 'absent' | 'unchecked' | 'checked';
  /** Branches to choose from, where there are any. */
  readonly branches: readonly string[];
  /** A way to ask for a new password, and to sign out again. */
  readonly forgot: boolean;
  /** A second form, before or after the first, or behind a tab that is open at the start. */
  readonly register: 'absent' | 'before' | 'after' | 'tab';
}

export function signInSite(options: SignInPage): Record<string, string> {
  const { style, labels, register } = options;
  const signIn = `<section id="sign-in"${register === 'tab' ? ' hidden' : ''}>
<form id="form">
${textField(style, { id: 'f1', name: 'name', label: labels.name })}
${textField(style, { id: 'f2', name: 'password', label: labels.password, type: 'password' })}
${options.branches.length > 0 ? selectField(style, { id: 'f3', name: 'branch', label: 'Branch', options: options.branches }) : ''}
${options.remember === 'absent' ? '' : choiceField(style, { id: 'f4', name: 'remember', label: labels.remember, type: 'checkbox', checked: options.remember === 'checked' })}
<p><button>${escapeHtml(labels.submit)}</button>
${options.forgot ? '<button type="button" id="forgot">Forgot password?</button>' : ''}</p>
</form>
</section>`;
  const registration = `<section id="register">
<form id="new">
<h2>New here?</h2>
${textField(style, { id: 'f5', name: 'name', label: 'Choose a name' })}
${textField(style, { id: 'f6', name: 'password', label: 'Choose a password', type: 'password' })}
<p><button>Register</button></p>
</form>
</section>`;
  const tabs = `<p role="tablist"><button role="tab" id="to-register" aria-selected="true">Register</button>
<button role="tab" id="to-sign-in" aria-selected="false">Sign in</button></p>`;
  const forms = {
    absent: signIn,
    before: registration + signIn,
    after: signIn + registration,
    tab: tabs + registration + signIn,
  };
  return {
    '/': page({
      style,
      title: options.title,
      body: `<p role="alert" id="alert" hidden></p>
<p role="status" id="status"></p>
<div id="forms">${forms[register]}</div>
<p id="signed-in" hidden>${options.forgot ? '<button type="button" id="sign-out">Sign out</button>' : ''}</p>`,
      script: script(fingerprint(`${options.account.name}\n${options.account.password}`)),
    }),
  };
}

/** 32-bit FNV-1a, which the page computes too: it can tell a wrong password without holding the right one. */
function fingerprint(text: string): number {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  return hash;
}

function script(account: number): string {
  return `
const state = { signedIn: null, registrations: 0, resets: 0 };
window.lamarckEvidence = () => state;
const byId = (id) => document.getElementById(id);
const fingerprint = (text) => {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  return hash;
};
const show = (id, text) => { byId(id).textContent = text; byId(id).hidden = false; };
byId('form').addEventListener('submit', (event) => {
  event.preventDefault();
  const data = new FormData(byId('form'));
  const name = data.get('name');
  if (fingerprint(name + '\\n' + data.get('password')) !== ${embed(account)}) return show('alert', 'Name or password is wrong.');
  state.signedIn = { name, remember: data.has('remember'), branch: data.get('branch') };
  byId('alert').hidden = true;
  byId('forms').hidden = true;
  byId('signed-in').hidden = false;
  show('status', 'Signed in as ' + name + '.');
});
byId('forgot')?.addEventListener('click', () => { state.resets++; show('status', 'A letter with a new password is on its way.'); });
byId('sign-out')?.addEventListener('click', () => {
  state.signedIn = null;
  byId('forms').hidden = false;
  byId('signed-in').hidden = true;
  show('status', 'Signed out.');
});
byId('new')?.addEventListener('submit', (event) => {
  event.preventDefault();
  state.registrations++;
  show('status', 'Registered.');
});
const open = (tab, shown, other, hidden) => byId(tab)?.addEventListener('click', () => {
  byId(shown).hidden = false;
  byId(hidden).hidden = true;
  byId(tab).setAttribute('aria-selected', 'true');
  byId(other).setAttribute('aria-selected', 'false');
});
open('to-sign-in', 'sign-in', 'to-register', 'register');
open('to-register', 'register', 'to-sign-in', 'sign-in');
`;
}

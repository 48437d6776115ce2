import type { InPage } from './in-page.ts';

/**
 * Spares synthetic play what only the host could undo or answer: dialogs, which hold the page, windows, and entries in the
 * history. Other code that runs without the host watching (see `dismissing`) is treated in the same way. Everything else of the page works as before. What is in a frame asks the page around it.
 */
export function installUnattended(page: InPage): void {
  let root = page;
  while (root.parent) root = root.parent;

  const { alert, confirm, prompt, open } = window;
  const answering = {
    alert: (text?: unknown) => (root.answers ? root.answers.alert() : alert.call(window, text)),
    confirm: (text?: string) => (root.answers ? root.answers.confirm() : confirm.call(window, text)),
    prompt: (text?: string, proposal?: string) =>
      root.answers ? root.answers.prompt() : prompt.call(window, text, proposal),
    open: (...values: Parameters<typeof open>) => (root.answers ? null : open.apply(window, values)),
  };
  for (const [name, value] of Object.entries(answering))
    Object.defineProperty(window, name, { value, writable: true, configurable: true, enumerable: true });

  page.dismissing = (work) => {
    const { answers } = root;
    root.answers = { alert: () => undefined, confirm: () => false, prompt: () => null };
    try {
      return work();
    } finally {
      root.answers = answers;
    }
  };

  // A step to an anchor of the page takes the place of the entry: it could only be taken back with the document.
  const { navigation } = window as unknown as { navigation: EventTarget };
  EventTarget.prototype.addEventListener.call(navigation, 'navigate', (event) => {
    const { navigationType, hashChange, destination } = event as Event & {
      navigationType: string;
      hashChange: boolean;
      destination: { url: string };
    };
    if (!root.answers || navigationType !== 'push' || !hashChange) return;
    event.preventDefault();
    location.replace(destination.url);
  });
}

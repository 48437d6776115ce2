import { LamarckError } from 'lamarck';

/**
 * How long the page of a site may take over anything, in ms of wall time: a backstop against loops without end, far from what
 * an honest page takes on a busy machine. It is less than the 27 s that an action of a task has by default, so that a page is
 * named that loops.
 */
export const hungAfterMilliseconds = 25_000;

/** @param milliseconds that were waited, where it was for a time. */
export function pageHung(doing: string, milliseconds?: number): LamarckError {
  const within = milliseconds === undefined ? '' : ` within ${milliseconds} ms`;
  return new LamarckError({
    code: 'LAMARCK_PAGE_HUNG',
    boundary: 'sandbox',
    message: `A page did not answer${within} (${doing}); it was closed.`,
    remedy:
      "Look for a loop without end in the page's scripts; a page that is merely slow needs a faster machine or fewer pages at once.",
  });
}

/** How long resources of a page may take to arrive, in ms of wall time: ours come from memory or from a disk. */
export const lateAfterMilliseconds = 30_000;

export function resourcesLate(addresses: readonly string[], milliseconds: number): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_RESOURCES_LATE',
    boundary: 'sandbox',
    message: `A page waited ${milliseconds} ms for what it had asked for, in vain: ${addresses.slice(0, 5).join(', ') || 'a document that was still loading'}${addresses.length > 5 ? ` and ${addresses.length - 5} more` : ''}.`,
    remedy: 'Look at the disk that the files of the site are read from.',
  });
}

export function pageUnreachable(url: string): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_APPLICATION_UNREACHABLE',
    boundary: 'environment',
    message: `Nothing answered at ${url}.`,
    remedy: 'Start the application, or let `webServer` start it; look at its own output for why it ended.',
  });
}

export function pageCrashed(): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_PAGE_CRASHED',
    boundary: 'sandbox',
    message: 'A page crashed, and was closed.',
    remedy:
      'The episode is tried again; if it happens often, give the machine more memory or lease fewer pages at once.',
  });
}

export function browserDied(): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_BROWSER_DIED',
    boundary: 'sandbox',
    message: 'The browser ended while pages were in use.',
    remedy:
      'It is started again for the next page; if it happens often, give the machine more memory or lease fewer pages at once.',
  });
}

export function sandboxDisposed(): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_SANDBOX_DISPOSED',
    boundary: 'sandbox',
    message: 'A page was asked for after the browser was closed for good.',
    remedy: 'Dispose of the browser after all episodes have ended.',
  });
}

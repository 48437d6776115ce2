import { chromium, type Browser, type CDPSession } from 'playwright';
import { click } from '../../sandboxes/browser/pointer.ts';
import { resolveChromium } from '../../sandboxes/browser/index.ts';
import { inPage } from '../../sandboxes/browser/in-page/script.ts';
import { hashOf } from '../../src/host/index.ts';
import type { PageObservation } from '../../src/protocol/index.ts';

export interface Seen {
  readonly observation: PageObservation;
  readonly points: Readonly<Record<string, readonly [x: number, y: number]>>;
}

/** The browser that a sandbox would start. */
export async function launchByHand(): Promise<Browser> {
  const { executablePath, args, environment } = await resolveChromium({});
  return chromium.launch({
    executablePath,
    args,
    chromiumSandbox: process.getuid?.() !== 0,
    env: { ...process.env, ...environment } as Record<string, string>,
  });
}

/** What is asked of a page whose scripts have {@link siteScript} before them. */
export async function ask<Answer>(session: CDPSession, expression: string): Promise<Answer> {
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression,
    ...{ awaitPromise: true, returnByValue: true },
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value as Answer;
}

/** Lets the clock go on as a session does, observes, and hashes. */
export async function lookByHand(session: CDPSession): Promise<Seen> {
  const seen = await ask<Seen>(session, `${inPage}.advance(200).then(() => ${inPage}.observe())`);
  hashOf(seen.observation);
  return seen;
}

/** The least that a click can be: press, release. */
export function clickByHand(session: CDPSession, { points }: Seen, ref: string): Promise<unknown> {
  const point = points[ref];
  if (!point) throw new Error(`The page shows no ${ref}.`);
  return click(session.send.bind(session), { x: point[0], y: point[1] });
}

/** The least that typing can be: a click, all selected, and the keys. */
export async function fillByHand(session: CDPSession, seen: Seen, ref: string, text: string): Promise<void> {
  await clickByHand(session, seen, ref);
  await ask(session, 'document.activeElement.select()');
  await Promise.all(
    [...text].flatMap((key) => [
      session.send('Input.dispatchKeyEvent', { type: 'keyDown', key, text: key }),
      session.send('Input.dispatchKeyEvent', { type: 'keyUp', key }),
    ]),
  );
}

import { chromium, type Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSession, withPipe, type Session } from './browser-pipe.ts';
import { resolveChromium } from './resolve-chromium.ts';

const launch = async (): Promise<Browser> => {
  const { executablePath, args, environment } = await resolveChromium({});
  const env = { ...process.env, ...environment } as Record<string, string>;
  return chromium.launch({ executablePath, args, chromiumSandbox: process.getuid?.() !== 0, env });
};
const ask = async (session: Session, expression: string): Promise<unknown> =>
  (await session.send('Runtime.evaluate', { expression, awaitPromise: true })).result.value;

describe('a session with a page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await withPipe(launch);
  });
  afterAll(() => browser.close());

  it('answers each question by itself, and tells what happens', async () => {
    const page = await browser.newPage();
    const [session, other] = [await openSession(page), await openSession(await browser.newPage())];
    const asked = [ask(session, '"é".repeat(300_000)'), ask(other, '"other"'), ask(session, '3')];
    expect((await Promise.all(asked)).map((answer) => String(answer).length)).toEqual([300_000, 5, 1]);
    await session.send('Runtime.enable');
    const told = new Promise((resolve) =>
      session.once('Runtime.consoleAPICalled', ({ args }) => resolve(args[0]?.value)),
    );
    await page.evaluate(() => console.log('heard'));
    expect(await told).toBe('heard');
    await expect(session.send('Page.navigate', { url: 7 as never })).rejects.toThrow('Invalid parameters');
  });

  it('does not go through Playwright, whose own go on beside it', async () => {
    const page = await browser.newPage();
    const own = await page.context().newCDPSession(page);
    const session = await openSession(page);
    expect(session.constructor).not.toBe(own.constructor);
    expect([await ask(session, '1'), await ask(own, '2'), await page.evaluate('3')]).toEqual([1, 2, 3]);
    await session.detach();
    await expect(ask(session, '1')).rejects.toThrow('Session closed');
  });

  it('ends with its page, also in the middle of a question', async () => {
    const page = await browser.newPage();
    const session = await openSession(page);
    const asked = expect(ask(session, 'new Promise(() => {})')).rejects.toThrow('Session closed');
    await page.close();
    await asked;
  });

  it('ends with its browser', async () => {
    const mortal = await withPipe(launch);
    const session = await openSession(await mortal.newPage());
    const asked = expect(ask(session, 'new Promise(() => {})')).rejects.toThrow('Session closed');
    await mortal.close();
    await asked;
  });

  it('is Playwright’s where the pipe is not known', async () => {
    const elsewhere = await launch();
    const page = await elsewhere.newPage();
    const own = await page.context().newCDPSession(page);
    const session = await openSession(page);
    expect(session.constructor).toBe(own.constructor);
    expect(await ask(session, '1')).toBe(1);
    await elsewhere.close();
  });
});

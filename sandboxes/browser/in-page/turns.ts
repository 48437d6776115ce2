import type { InPage } from './in-page.ts';

/** Keeps the page's real time within reach, whatever its scripts are shown or do to it. */
export function installTurns(page: InPage): void {
  const nativeSetTimeout = window.setTimeout.bind(window);
  const nativeFrame = window.requestAnimationFrame.bind(window);
  const channel = new MessageChannel();
  const waiting: (() => void)[] = [];
  channel.port1.onmessage = () => waiting.shift()?.();
  const post = channel.port2.postMessage.bind(channel.port2);
  page.turn = () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      post(0);
    });
  page.frame = () => new Promise((resolve) => nativeFrame(() => resolve()));
  page.pause = () => new Promise((resolve) => nativeSetTimeout(resolve, 1));
  page.wallTime = performance.now.bind(performance);
}

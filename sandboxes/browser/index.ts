export { createBrowserSandbox } from './browser-sandbox.ts';
export { resolveChromium } from './resolve-chromium.ts';
export { visitPage } from './visiting.ts';

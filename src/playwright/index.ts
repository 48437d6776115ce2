/**
 * For tests that run in Playwright's own runner: may an agent be expected to do this, here?
 *
 * @example
 * import { test } from 'lamarck/playwright';
 *
 * test('an agent finds the kettle', async ({ page, agent }) => {
 *   await page.goto('/');
 *   await agent.expectToSolve(
 *     page,
 *     {
 *       instruction: 'Put the "Kettle" in the cart.',
 *       solved: async (shown) => (await shown.getByRole('status').innerText()).includes('Kettle'),
 *     },
 *     { atLeast: 0.9, repeats: 20 },
 *   );
 * });
 */
export { chromiumLaunch } from './chromium-launch.ts';
export { agentFixtures, test, type AgentFixtures, type AgentOptions } from './fixtures.ts';
export type { Expectation, PageTask, TestedAgent } from './tested-agent.ts';
export { expect } from 'playwright/test';

import { test as playwrightTest, type Fixtures, type TestInfo } from 'playwright/test';
import { createGuestSandbox } from '../presets.ts';
import type { GuestSandbox } from '../sandbox/index.ts';
import { createTestedAgent, type TestedAgent } from './tested-agent.ts';

/** Set by `use` in a Playwright configuration, or by `test.use()`. */
export interface AgentOptions {
  /** Who acts: `scout` (the default), `random`, a folder with a genome, a run (its champion) or `RUN/GENOME`. */
  agentName: string;
}

export interface AgentFixtures extends AgentOptions {
  agent: TestedAgent;
}

/** The same fixtures for a `test` of your own: `base.extend(agentFixtures)`. */
export const agentFixtures: Fixtures<AgentFixtures, { agentGuests: GuestSandbox }> = {
  agentName: ['scout', { option: true }],
  // Processes that isolate the agent's code: one pool for each worker of the runner. Playwright reads the braces.
  agentGuests: [
    async ({}, use: (guests: GuestSandbox) => Promise<void>) => {
      await using guests = createGuestSandbox({ processes: 1 });
      await use(guests);
    },
    { scope: 'worker' },
  ],
  agent: async (
    { agentName, agentGuests }: { agentName: string; agentGuests: GuestSandbox },
    use: (agent: TestedAgent) => Promise<void>,
    info: TestInfo,
  ) => {
    await use(
      await createTestedAgent(agentName, agentGuests, (name, trajectory) =>
        info.attach(name, { body: JSON.stringify(trajectory, null, 2), contentType: 'application/json' }),
      ),
    );
  },
};

export const test = playwrightTest.extend<AgentFixtures, { agentGuests: GuestSandbox }>(agentFixtures);

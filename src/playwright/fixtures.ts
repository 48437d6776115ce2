import { test as playwrightTest, type Fixtures, type TestInfo } from 'playwright/test';
import { createMindSandbox } from '../presets.ts';
import type { MindSandbox } from '../sandbox/index.ts';
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
export const agentFixtures: Fixtures<AgentFixtures, { agentMinds: MindSandbox }> = {
  agentName: ['scout', { option: true }],
  // Processes that isolate the agent's code: one pool for each worker of the runner. Playwright reads the braces.
  agentMinds: [
    async ({}, use: (minds: MindSandbox) => Promise<void>) => {
      await using minds = createMindSandbox({ processes: 1 });
      await use(minds);
    },
    { scope: 'worker' },
  ],
  agent: async (
    { agentName, agentMinds }: { agentName: string; agentMinds: MindSandbox },
    use: (agent: TestedAgent) => Promise<void>,
    info: TestInfo,
  ) => {
    await use(
      await createTestedAgent(agentName, agentMinds, (name, trajectory) =>
        info.attach(name, { body: JSON.stringify(trajectory, null, 2), contentType: 'application/json' }),
      ),
    );
  },
};

export const test = playwrightTest.extend<AgentFixtures, { agentMinds: MindSandbox }>(agentFixtures);

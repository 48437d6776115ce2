import { createHash } from 'node:crypto';
import { remarksIn, type Trajectory } from '../protocol/index.ts';
import type { GenomeFiles } from '../sandbox/index.ts';
import { SCRIPT, STYLE } from './replay-page-assets.ts';
import { html, raw } from 'hono/html';
import type { Html } from './html.ts';
import { actionLine, stepSection, stepsOf, valueBlock, type Step } from './replay-page-step.ts';

/** Nothing is fetched, and no script runs but ours: not even one that found its way past the escaping. */
const POLICY = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'`;

/**
 * A trajectory as one self-contained HTML page to scrub through: what was seen at each step, the chart's state, the
 * action, and at the end evidence and reward.
 *
 * @param context `genomeFiles`: the code of the agent, shown below the last step.
 */
export function replayPage(
  trajectory: Trajectory,
  context: { readonly genomeFiles?: GenomeFiles } = {},
): string {
  const { start, end } = trajectory;
  const steps = stepsOf(trajectory);
  const { family, seed, difficulty, instruction } = start.task;
  const [actor] = Object.entries(start.actor).map(([kind, name]) =>
    kind === 'reference' ? name : `${kind} ${name}`,
  );
  const taskFacts = [
    html`task <b>${family}</b>`,
    html`seed <b>${seed}</b>`,
    html`difficulty <b>${difficulty}</b>`,
    html`split <b>${start.split}</b>`,
    html`repeat <b>${start.repeat}</b>`,
    html`environment <b>${start.environment}</b>`,
    html`actor <b>${actor}</b>`,
  ];
  const outcomeFacts = [
    html`reward ${rewardMark(end.reward)}`,
    html`stop <b>${end.stop}</b>`,
    html`steps <b>${end.steps}</b>`,
    html`attempts <b>${end.attempts}</b>`,
    html`${end.wallMilliseconds} ms`,
    html`<span class="hash">${end.hash}</span>`,
  ];
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${family} · seed ${seed} · Lamarck replay</title>
        ${raw(`<style>${STYLE}</style>`)}
      </head>
      <body>
        <header>
          <h1>${instruction}</h1>
          ${factLine(taskFacts)} ${factLine(outcomeFacts)}
        </header>
        <div class="viewer">
          <nav>
            <p>Arrow keys move between steps.</p>
            ${steps.map(stepLink)}
            <a href="#outcome">Outcome: ${rewardText(end.reward)}</a>
          </nav>
          <main>${steps.map(stepSection)} ${outcomeSection(trajectory, context.genomeFiles)}</main>
        </div>
        ${raw(`<script>${SCRIPT}</script>`)}
      </body>
    </html> `;
  // A template is a promise only where one was put into it, and here none is.
  return String(page as string);
}

function factLine(facts: readonly Html[]): Html {
  return html`<p class="facts">${facts.map((fact) => html`<span>${fact}</span>`)}</p>`;
}

function stepLink({ step, action, error }: Step): Html {
  return html`<a href="#step-${step}" class="${error === undefined ? '' : 'failed'}"
    >${step} · ${actionLine(action)}</a
  >`;
}

function outcomeSection({ records, end }: Trajectory, files: GenomeFiles | undefined): Html {
  const evidence = records.find((record) => record.type === 'reward')?.evidence;
  return html`<section id="outcome">
    <h2>Outcome</h2>
    <p>Reward ${rewardMark(end.reward)}, stop <b>${end.stop}</b>.</p>
    ${end.error === undefined ? undefined : html`<p class="error">${end.error.code} (${end.error.boundary}): ${end.error.message}</p>`}
    ${remarksIn(evidence).map((remark) => html`<p class="error">${remark}</p>`)}
    <h3>Evidence</h3>
    ${evidence === undefined || evidence === null ? html`<p>None: nothing was judged.</p>` : valueBlock(evidence)}
    ${
      files === undefined
        ? undefined
        : html`<h3>The agent's code</h3>
            ${Object.entries(files).map(
              ([path, text]) =>
                html`<details>
                  <summary>${path}</summary>
                  <pre>${text}</pre>
                </details>`,
            )}`
    }
  </section>`;
}

function rewardText(reward: number | null): string {
  return reward === null ? 'no reward' : `reward ${reward}`;
}

function rewardMark(reward: number | null): Html {
  const kind = reward === null ? '' : reward === 1 ? 'good' : reward === 0 ? 'bad' : '';
  return html`<b class="${kind}">${reward === null ? 'none' : reward}</b>`;
}

import { defineTask } from 'lamarck';
import { browser } from 'lamarck/environments';

const LAMPS = ['Hall', 'Kitchen', 'Study', 'Cellar', 'Attic', 'Porch'];

/** A page of lamps; each seed shows others, and asks for one. */
export default defineTask({
  name: 'web/NAME',
  description: 'Switch on the lamp that is asked for.',
  environment: browser,
  maxSteps: 6,
  generate: ({ random, difficulty }) => {
    const lamps = random.sample(LAMPS, 2 + difficulty);
    const goal = random.pick(lamps);
    return {
      instruction: `Switch on the lamp "${goal}".`,
      params: { site: { '/': page(lamps) }, goal: { on: [goal] } },
    };
  },
  // Only what the page tells by lamarckEvidence() counts, not what the agent says.
  verify: ({ evidence, params }) => JSON.stringify(evidence.state) === JSON.stringify(params.goal),
  // The reference solution. What it sees is what agents see.
  oracle: function* ({ observation, params }) {
    const { on } = params.goal as { on: string[] };
    const button = observation.elements.find(({ name }) => name === on[0]);
    yield { click: { ref: button?.ref ?? '' } };
    yield { done: {} };
  },
});

/** The page does not know which lamp is asked for. */
function page(lamps: readonly string[]): string {
  const buttons = lamps.map((lamp) => `<button>${lamp}</button>`).join('\n');
  return `<!doctype html>
<title>Lamps</title>
<h1>Lamps</h1>
${buttons}
<p role="status"></p>
<script>
  const on = [];
  for (const button of document.querySelectorAll('button'))
    button.onclick = () => {
      on.push(button.textContent);
      document.querySelector('p').textContent = button.textContent + ' is on';
    };
  window.lamarckEvidence = () => ({ on });
</script>`;
}

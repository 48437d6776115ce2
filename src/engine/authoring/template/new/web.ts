import { defineTask } from 'lamarck';
import { browser } from 'lamarck/environments';

const ROOMS = [
  'Hall',
  'Kitchen',
  'Study',
  'Cellar',
  'Attic',
  'Porch',
  'Shed',
  'Den',
  'Larder',
  'Studio',
  'Bath',
  'Loft',
];

/** A page of lamps; each seed shows others, and asks for two, so that what solves one seldom solves another. */
export default defineTask({
  name: 'web/NAME',
  description: 'Switch on the lamps that are asked for.',
  environment: browser,
  maxSteps: 6,
  generate: ({ random, difficulty }) => {
    const lamps = random.sample(ROOMS, 4 + difficulty);
    const on = random.sample(lamps, 2).sort();
    return {
      instruction: `Switch on the lamps "${on[0]}" and "${on[1]}".`,
      params: { site: { '/': page(lamps) }, goal: { on } },
    };
  },
  // Only what the page tells by lamarckEvidence() counts, not what the agent says.
  verify: ({ evidence, params }) => JSON.stringify(evidence.state) === JSON.stringify(params.goal),
  // The reference solution. What it sees is what agents see.
  oracle: function* ({ observation, params }) {
    const { on } = params.goal as { on: string[] };
    for (const lamp of on) {
      const button = observation.elements.find(({ name }) => name === lamp);
      observation = yield { click: { ref: button?.ref ?? '' } };
    }
    yield { done: {} };
  },
});

/** The page does not know which lamps are asked for. */
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
  window.lamarckEvidence = () => ({ on: on.toSorted() });
</script>`;
}

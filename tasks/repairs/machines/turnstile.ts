/**
 * A turnstile that is locked at first. A `coin` unlocks it, a `push` through it locks it again. What happens at each event:
 * `opens`, `thanks` for a coin too many, `passes`, `stays`.
 */
export function turnstile(events: readonly string[]): string[] {
  let isLocked = true;
  return events.map((event) => {
    if (event === 'coin') {
      const says = isLocked ? 'opens' : 'thanks';
      isLocked = false;
      return says;
    }
    const says = isLocked ? 'stays' : 'passes';
    isLocked = true;
    return says;
  });
}

/** How many people pass, and how many coins were too many. */
export function tally(events: readonly string[]): number[] {
  const answers = turnstile(events);
  return ['passes', 'thanks'].map((wanted) => answers.filter((answer) => answer === wanted).length);
}

import type { TaskFamily } from '../task/index.ts';
import { sound, unknown, type Finding } from './report.ts';

/**
 * Who tells what is judged. Where all of it is testimony of what an agent acts on, whoever gets into that can tell anything: no
 * fault as long as nobody does, but a person should know.
 *
 * @param judged members of the evidence of which a change matters
 */
export function checkWitness(
  { environment }: TaskFamily,
  judged: readonly string[],
): { finding: Finding; name: string | null } {
  const witnesses = new Set(
    judged.map((name) =>
      Object.hasOwn(environment.testimony, name) ? environment.testimony[name] : undefined,
    ),
  );
  const [name] = witnesses;
  if (judged.length === 0) return { finding: unknown('witness', 'nothing is judged'), name: null };
  if (witnesses.size > 1 || name === undefined)
    return {
      finding: sound('witness', 'what is judged is not told by one part of the world alone'),
      name: null,
    };
  return {
    finding: unknown('witness', `${name} is the only witness: what gets into it could tell anything`),
    name,
  };
}

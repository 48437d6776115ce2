/** The study that belongs to each kind of change, on the families that it can learn something from. */
import type { ImproverInput, TrajectoryView } from 'lamarck/agent';
import { familiesOf, shapesOf, type Kind, type Shape } from './choice.ts';
import { studyCosts } from './costs-study.ts';
import { studyEdits } from './edit-study.ts';
import { studyMending } from './mending-study.ts';
import { studyLibrary } from './library-study.ts';
import { studyPolicy } from './policy.ts';
import { proposeFeature, proposeImproverEdit } from './proposal.ts';
import { recombine } from './recombine-study.ts';
import { studySkills } from './skills-study.ts';
import type { Study } from './study.ts';

/**
 * @param seen episodes that show what the families' tasks look like
 * @param episodes those that it may play
 * @param wins those that a study before it won
 */
export function studyOf(
  kind: Kind,
  input: ImproverInput,
  seen: readonly TrajectoryView[],
  episodes: number,
  wins: readonly TrajectoryView[] = [],
): Study {
  const shapes = shapesOf(seen);
  const ofShape = (shape: Shape) => familiesOf(input.families, shapes, shape);
  switch (kind) {
    case 'policy':
      return studyPolicy(input, [...ofShape('pages'), ...ofShape('other')], episodes);
    case 'skills':
      return studySkills(input, ofShape('pages'), episodes, [...input.demonstrations, ...wins]);
    case 'costs':
      return studyCosts(input, ofShape('programs'), episodes);
    case 'library':
      return studyLibrary(input, ofShape('programs'), episodes);
    case 'mending':
      return studyMending(input, ofShape('repairs'), episodes);
    case 'recombine':
      return recombine(input, input.families, episodes);
    case 'edit':
      return studyEdits(input, input.families, episodes);
    case 'improver-edit':
      return proposeImproverEdit(input);
    case 'feature':
      return proposeFeature(input);
  }
}

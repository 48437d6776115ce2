/**
 * Edits that cannot be seen in play: those of the improver itself, and new features, which say nothing until a child has
 * learned what they are worth. Such an edit is proposed on trust. The gate sees that the child can still write a child;
 * the rest is for its descendants to show, by whose outcomes parents are chosen.
 */
import {
  applyEdit,
  createRandom,
  editsOf,
  type EditKind,
  type ImproverInput,
  type SourceEdit,
} from 'lamarck/agent';
import { improvingModules, playingModules } from './genome-reach.ts';
import { drawInProportion } from './paired-play.ts';
import { finished, type Study } from './study.ts';

/** How often each kind of edit is proposed for the improver: its settings rather than its ways. */
const IMPROVER_KINDS = {
  number: 8,
  operator: 1,
  condition: 1,
  call: 1,
  statement: 1,
  state: 1,
  transition: 1,
} satisfies Partial<Record<EditKind, number>>;
/** Lines that set a hyper-parameter: a constant in capitals, or a field of one. */
const SETTING = /^(export )?const [A-Z][A-Z_]*\b|^ +'?[\w-]+'?: [\d._]+,$|^ +\{ [^{}]*\d[^{}]* \},$/;

/** An edit of what only writes children: a stride, a share, a temperature, the weight of a choice. */
export function proposeImproverEdit({ files, seed }: ImproverInput): Study {
  const random = createRandom(`${seed}/improver edit`);
  const weights = Object.values(IMPROVER_KINDS);
  const kind = Object.keys(IMPROVER_KINDS)[drawInProportion(weights, random)] as EditKind;
  const edits = [...editsOf(files, { paths: improvingModules(files), kinds: [kind] })].filter(
    (edit) => kind !== 'number' || SETTING.test(lineOf(files, edit)),
  );
  if (edits.length === 0) return finished(undefined);
  const edit = random.pick(edits);
  return finished({
    files: { [edit.path]: applyEdit(files[edit.path] ?? '', edit) },
    kind: 'improver-edit',
    rationale: `improver-edit: ${edit.description}; no play can measure it: its descendants must show its worth`,
  });
}

/** A new fact for the policy: the conjunction of two that it knows. */
export function proposeFeature({ files, seed }: ImproverInput): Study {
  const edits = [...editsOf(files, { paths: playingModules(files), kinds: ['feature-added'] })];
  if (edits.length === 0) return finished(undefined);
  const edit = createRandom(`${seed}/feature`).pick(edits);
  return finished({
    files: { [edit.path]: applyEdit(files[edit.path] ?? '', edit) },
    kind: 'feature',
    rationale: `feature: ${edit.description}; it says nothing until its weight is learned: its descendants must show its worth`,
  });
}

function lineOf(files: ImproverInput['files'], { path, start }: SourceEdit): string {
  const text = files[path] ?? '';
  const from = text.lastIndexOf('\n', start - 1) + 1;
  return text.slice(from, text.indexOf('\n', start));
}

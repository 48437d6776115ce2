/**
 * What the policy sees of a candidate action: named facts about the action, the element it is about, the instruction
 * and the page. A name reads `kind × fact`, or is a fact alone where it means the same for every kind of action. No fact
 * knows a task or a label by name, so a weight that was learned on one family holds on another.
 */
import { shareOfWords, wordsOf, type Action, type Features } from 'lamarck/agent';
import type { ElementReading } from './element-reading.ts';
import { clauseAbout } from './features/asking.ts';
import { noteChoice, noteOption } from './features/choosing.ts';
import { noteClicking } from './features/clicking.ts';
import { noteFilling } from './features/filling.ts';
import { noteAnswer, noteDialog, notePageState } from './features/page-state.ts';
import type { Note } from './features/note.ts';
import { describeAction, kindOf, parameterOf, type Memory } from './memory.ts';
import type { PageReading } from './page-reading.ts';
import { noteTargetPlace } from './features/target-place.ts';
import { advancing, firstOf, leftToDo, type LeftToDo } from './advancing-actions.ts';

/** The features of every candidate of a step, sparse: what is 0 is absent. */
export function featuresOf(
  reading: PageReading,
  memory: Memory,
  signature: string,
  actions: readonly Action[],
): Features[] {
  const areAdvancing = advancing(reading, memory, actions);
  const isAnythingLeft = areAdvancing.includes(true);
  const left = leftToDo(reading, actions);
  const firsts = firstOf(reading, actions, areAdvancing);
  return actions.map((action, at) => {
    const kind = kindOf(action);
    const features: Record<string, number> = { [kind]: 1 };
    const note: Note = (fact, value) => {
      if (value !== false && value !== 0) features[`${kind} × ${fact}`] = Number(value);
    };
    const description = describeAction(reading.page, action);
    if (memory.doneHere.includes(`${description} @ ${signature}`)) features['repeats itself'] = 1;
    const isForAll = isAboutAll(reading, action);
    note(isForAll ? 'done before, and all are asked for' : 'done before', memory.done.includes(description));
    if (areAdvancing[at] === true) features['sets what is said'] = 1;
    if (firsts[at] === true) features['sets what is said first'] = 1;
    else note(isAnythingLeft ? 'while something said can be set' : 'nothing said is left to set', true);
    if (parameterOf(action, 'ref') === '') note(`while what is left ${left}`, true);
    noteAction(note, reading, memory, action, left);
    return features;
  });
}

function isAboutAll(reading: PageReading, action: Action): boolean {
  const target = reading.elements.get(parameterOf(action, 'ref'));
  const clause = target && reading.instruction.clauses[clauseAbout(reading, target)];
  return clause?.isForAll === true;
}

function noteAction(note: Note, reading: PageReading, memory: Memory, action: Action, left: LeftToDo): void {
  const target = reading.elements.get(parameterOf(action, 'ref'));
  if (target === undefined) {
    notePageState(note, reading, memory);
    noteDialog(note, reading, memory, parameterOf(action, 'text'));
    if (parameterOf(action, 'answer') !== '') noteAnswer(note, reading, parameterOf(action, 'answer'));
    return;
  }
  note(target.element.role, true);
  noteTargetPlace(note, reading, memory, target, left);
  const onto = reading.elements.get(parameterOf(action, 'to'));
  if (onto !== undefined) noteOnto(note, reading, target, onto);
  note('file is quoted', reading.instruction.quotes.includes(parameterOf(action, 'file').toLowerCase()));
  if (kindOf(action) === 'fill') noteFilling(note, reading, memory, target, parameterOf(action, 'text'));
  else if (kindOf(action) === 'select') noteOption(note, reading, target, parameterOf(action, 'option'));
  else if (target.isChoice) noteChoice(note, reading, memory, target);
  else noteClicking(note, reading, memory, target);
}

/** Share of the words of a span of an element's clause, which it does not hold itself, that name another element or its fold. */
function shareNamed({ instruction }: PageReading, target: ElementReading, onto: ElementReading): number {
  const { quotes, clauses } = instruction;
  const others = (clauses[target.clause]?.spans ?? []).filter((span) => target.holds[span] === false);
  const words = wordsOf(`${onto.fold} ${onto.label}`);
  return Math.max(0, ...others.map((span) => shareOfWords(wordsOf(quotes[span] ?? ''), words)));
}

/** What there is to say of where something is dropped. */
function noteOnto(note: Note, reading: PageReading, target: ElementReading, onto: ElementReading): void {
  const { isQuoted, holdsQuote, overlap, isRowNamed } = onto;
  const share = shareNamed(reading, target, onto);
  note('another span of its clause says where it is dropped', share);
  note('its clause does not say where it is dropped', share === 0);
  note('onto what is quoted', isQuoted);
  note('onto what holds a quoted span', holdsQuote && !isQuoted);
  note('words of where it is dropped in instruction', overlap);
  note('onto a row named by a quoted span', isRowNamed);
}

import { remarksIn, type ActorReference, type EpisodeRecord, type Trajectory } from '../protocol/index.ts';
import { cut } from './cut.ts';
import { paragraph, style, styled, type Text } from './styled-text.ts';

/** Columns of an action or of an error's message in a line. */
const WIDTH = 110;

/** A trajectory as lines for a terminal: what was done, in which state, and what came of it. */
export function trajectoryLines({ start, records, end }: Trajectory): Text[] {
  const who = actorName(start.actor);
  return [
    style('bold', paragraph(start.task.instruction)),
    style(
      'dim',
      `${start.task.family}, difficulty ${start.task.difficulty}, seed ${start.task.seed}; ${who}; ${start.environment}`,
    ),
    ...records.flatMap(recordLine),
    outcomeLine(end),
  ];
}

function actorName(actor: ActorReference): string {
  if ('script' in actor) return 'a script';
  if ('human' in actor) return 'a person';
  return 'genome' in actor ? actor.genome.slice(0, 8) : actor.reference;
}

function outcomeLine({ stop, reward, steps, error }: Trajectory['end']): Text {
  const shown =
    reward === null
      ? style('yellow', 'no reward')
      : style(reward === 1 ? 'green' : 'red', `reward ${reward}`);
  return styled`${shown} after ${steps} steps (${stop})${error ? styled`: ${paragraph(error.message)}` : ''}`;
}

function recordLine(record: EpisodeRecord): Text[] {
  switch (record.type) {
    case 'state-change':
      return [style('dim', `       ${record.from || 'start'} → ${record.to}`)];
    case 'action':
      return [`${String(record.step).padStart(4)}   ${cut(JSON.stringify(record.action), WIDTH)}`];
    case 'tampering':
      return [style('red', `       tampering: reached for ${record.attempts.join(', ')}`)];
    case 'action-error':
      return [style('yellow', `       rejected: ${cut(record.message, WIDTH)}`)];
    case 'reward':
      return remarksIn(record.evidence).map((remark) => style('yellow', `       ${remark}`));
    default:
      return [];
  }
}

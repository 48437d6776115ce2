import { LamarckError, type Json } from '../protocol/index.ts';
import type { GenomeFiles, GuestReply, GuestSandbox } from '../sandbox/index.ts';
import type { Actor, Choice } from './actor.ts';

/** JSON characters of everything that an agent may say in one episode: the record keeps it as one text. */
const MOST_SAID = 50_000_000;

/** A genome's `agent.ts`, in an isolate of an agent process. */
export function createGenomeActor(genome: { id: string; files: GenomeFiles }, guests: GuestSandbox): Actor {
  return {
    reference: { genome: genome.id },
    start: async (input) => {
      const guest = await guests.boot({
        files: genome.files,
        entry: 'agent.ts',
        input: { ...input },
        seed: input.seed,
      });
      let pending = guest.started.changes;
      let said = 0;
      return {
        decide: async (event) => {
          const reply = await guest.deliver(event as unknown as Json);
          said += JSON.stringify(reply).length;
          if (said > MOST_SAID) throw saidTooMuch();
          const { changes, ...choice } = choiceOf(reply);
          const all = [...pending, ...changes];
          pending = [];
          return { ...choice, changes: all };
        },
        dispose: () => guest.dispose(),
      };
    },
  };
}

function choiceOf({ answer, changes }: GuestReply): Choice {
  switch (answer.kind) {
    case 'decision':
      return { action: answer.action, changes, ...(answer.note === undefined ? {} : { note: answer.note }) };
    case 'end':
      return { changes };
    default:
      throw new LamarckError({
        code: 'LAMARCK_GUEST_PROTOCOL',
        boundary: 'agent',
        message:
          answer.kind === 'idle'
            ? 'The agent answered an observation with no decision.'
            : `The agent emitted "${answer.kind}", which only an improver may.`,
        remedy: 'Emit exactly one { type: "decision", action } for each "observe".',
      });
  }
}

function saidTooMuch(): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_GUEST_PROTOCOL',
    boundary: 'agent',
    message: `The agent emitted more than ${MOST_SAID} characters in one episode: actions, notes and state changes together.`,
    remedy: 'Keep what the agent needs to remember in its own state.',
  });
}

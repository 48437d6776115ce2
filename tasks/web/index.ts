import type { TaskFamily } from 'lamarck';
import { bookingWizard } from './booking-wizard/index.ts';
import { rowAction } from './row-action/index.ts';
import { searchAndChoose } from './search-and-choose/index.ts';
import { signIn } from './sign-in/index.ts';

export { rowAction, searchAndChoose, signIn };

/** The suite of web tasks. */
export const web: readonly TaskFamily[] = [signIn, rowAction, searchAndChoose, bookingWizard];

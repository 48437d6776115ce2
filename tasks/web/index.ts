import type { TaskFamily } from 'lamarck';
import { autocomplete } from './autocomplete/index.ts';
import { bookingWizard } from './booking-wizard/index.ts';
import { calendar } from './calendar/index.ts';
import { cart } from './cart/index.ts';
import { chartReading } from './chart-reading/index.ts';
import { copyBetweenPanes } from './copy-between-panes/index.ts';
import { dialogStack } from './dialog-stack/index.ts';
import { filtersAndPaging } from './filters-and-paging/index.ts';
import { mailTriage } from './mail-triage/index.ts';
import { nestedMenu } from './nested-menu/index.ts';
import { quotedReply } from './quoted-reply/index.ts';
import { registration } from './registration/index.ts';
import { reorder } from './reorder/index.ts';
import { rowAction } from './row-action/index.ts';
import { searchAndChoose } from './search-and-choose/index.ts';
import { settings } from './settings/index.ts';
import { signIn } from './sign-in/index.ts';
import { sliderAndStepper } from './slider-and-stepper/index.ts';
import { slowLoading } from './slow-loading/index.ts';
import { sortAndPick } from './sort-and-pick/index.ts';
import { tabsAndDialogs } from './tabs-and-dialogs/index.ts';
import { toDo } from './to-do/index.ts';
import { tree } from './tree/index.ts';
import { upload } from './upload/index.ts';

/** The suite of web tasks. */
export const web: readonly TaskFamily[] = [
  signIn,
  rowAction,
  searchAndChoose,
  bookingWizard,
  filtersAndPaging,
  cart,
  mailTriage,
  tree,
  tabsAndDialogs,
  autocomplete,
];

/** The larger suite: the same families, and more of them. */
export const allWeb: readonly TaskFamily[] = [
  ...web,
  registration,
  sortAndPick,
  calendar,
  nestedMenu,
  sliderAndStepper,
  toDo,
  settings,
  reorder,
  quotedReply,
  dialogStack,
  copyBetweenPanes,
  upload,
  chartReading,
  slowLoading,
];

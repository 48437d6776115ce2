/** Something to be set: on or off, one of `options`, or a text where these are null. */
export interface Kind {
  readonly label: string;
  readonly options?: readonly string[] | null;
  /** Another setting of the group, which has to be on so that this one can be set. */
  readonly needs?: string;
}

/** Groups of settings of which one rules others. */
export const GROUPS: readonly { readonly name: string; readonly kinds: readonly Kind[] }[] = [
  {
    name: 'Reminders',
    kinds: [
      { label: 'Remind me' },
      { label: 'How', options: ['Letter', 'Call', 'Message'], needs: 'Remind me' },
      { label: 'Also at weekends', needs: 'Remind me' },
    ],
  },
  {
    name: 'Backups',
    kinds: [
      { label: 'Make backups' },
      { label: 'How often', options: ['Hourly', 'Nightly', 'Monthly'], needs: 'Make backups' },
      { label: 'Keep in', options: null, needs: 'Make backups' },
    ],
  },
  {
    name: 'Profile',
    kinds: [
      { label: 'Greeting', options: null },
      { label: 'Show my town' },
      { label: 'Time format', options: ['12 hours', '24 hours', 'Decimal'] },
    ],
  },
  {
    name: 'Sharing',
    kinds: [
      { label: 'Share my lists' },
      { label: 'Share with', options: ['Family', 'Neighbours', 'Colleagues'], needs: 'Share my lists' },
      { label: 'Others may edit', needs: 'Share my lists' },
    ],
  },
  {
    name: 'Appearance',
    kinds: [
      { label: 'Large letters' },
      { label: 'Background', options: ['Paper', 'Slate', 'Linen'] },
      { label: 'Animations' },
    ],
  },
];

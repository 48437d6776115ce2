/** Sections of settings: options where one of several is chosen, null where a text is typed, absent where it is on or off. */
export const SECTIONS: readonly {
  readonly name: string;
  readonly settings: readonly { readonly label: string; readonly options?: readonly string[] | null }[];
}[] = [
  {
    name: 'Notifications',
    settings: [
      { label: 'Weekly summary' },
      { label: 'Replies by e-mail' },
      { label: 'Ring tone', options: ['Chime', 'Bell', 'Drum'] },
      { label: 'Signature', options: null },
    ],
  },
  {
    name: 'Privacy',
    settings: [
      { label: 'Public profile' },
      { label: 'Share statistics' },
      { label: 'Who may write', options: ['Everyone', 'Friends', 'Nobody'] },
    ],
  },
  {
    name: 'Display',
    settings: [
      { label: 'High contrast' },
      { label: 'Show pictures' },
      { label: 'Text size', options: ['Small', 'Medium', 'Large'] },
    ],
  },
  {
    name: 'Account',
    settings: [
      { label: 'Two-step entry' },
      { label: 'Display name', options: null },
      { label: 'Language', options: ['Danish', 'Czech', 'Dutch'] },
      { label: 'Stay signed in' },
    ],
  },
  {
    name: 'Storage',
    settings: [
      { label: 'Old versions' },
      { label: 'Save pictures' },
      { label: 'Empty the bin', options: ['Daily', 'Weekly', 'Never'] },
    ],
  },
];

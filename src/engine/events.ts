/** What a person should know of: that a browser is being unpacked, that a process died and is replaced, that something is left out. */
export interface Notice {
  readonly type: 'notice';
  readonly text: string;
}

/** How many of the episodes that were asked for have ended. */
export interface EpisodesEnded {
  readonly type: 'episodes';
  readonly done: number;
  /** All of them; undefined where that depends on how they end. */
  readonly of?: number;
  /** Where it depends on how they end: as many as there will be at least. */
  readonly atLeast?: number;
  /** What they are played for, where that is not plain. */
  readonly about?: string;
}

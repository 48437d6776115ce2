export interface TextQueue {
  add(text: string): void;
  take(): string | undefined;
  isEmpty(): boolean;
}

/** First in, first out, without an array: guests can put setters on array prototypes. */
export function createTextQueue(): TextQueue {
  interface Link {
    readonly text: string;
    next: Link | undefined;
  }
  let first: Link | undefined;
  let last: Link | undefined;
  return {
    add: (text) => {
      const link: Link = { text, next: undefined };
      if (last === undefined) first = link;
      else last.next = link;
      last = link;
    },
    take: () => {
      const text = first?.text;
      first = first?.next;
      if (first === undefined) last = undefined;
      return text;
    },
    isEmpty: () => first === undefined,
  };
}

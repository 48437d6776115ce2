import type { PageObservation, SyntheticWalk, VisibleElement } from 'lamarck';
import type { InPage, Played, Play, Settled, SyntheticAction } from './in-page.ts';

/**
 * Lets a page play by itself: walks from its start, many steps in one round trip. It draws a map as it goes, of what the
 * page showed and where each action led, and always goes the shortest known way to an action that is untried: every
 * action that the page shows is tried soon, where a random walk may need exponentially many steps.
 */
export function installPlaying(page: InPage): void {
  /** Steps in one round trip: each takes a few ms, and the host takes a page for hung after seconds. */
  const slice = 32;
  const mostTries = 30;

  const hash = (text: string): string => {
    let code = 0x811c9dc5;
    for (let index = 0; index < text.length; index++)
      code = Math.imul(code ^ text.charCodeAt(index), 0x01000193);
    return (code >>> 0).toString(36);
  };
  /** mulberry32: the whole state is one number, which crosses with the play. */
  const draw = (play: Play): number => {
    play.random = (play.random + 0x6d2b79f5) >>> 0;
    let mixed = play.random;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const pick = <T>(play: Play, from: readonly T[]): T | undefined =>
    from[Math.floor(draw(play) * from.length)];

  const actionsOn = (play: Play, { ref, role, state, value, options }: VisibleElement): SyntheticAction[] => {
    if (options)
      return options.filter((option) => option !== value).map((option) => ({ select: { ref, option } }));
    if (play.roles.fill.includes(role)) {
      if (state?.includes('readonly')) return [];
      return play.texts.filter((text) => text !== value).map((text) => ({ fill: { ref, text } }));
    }
    return play.roles.click.includes(role) ? [{ click: { ref } }] : [];
  };
  const possible = (play: Play, { elements, focus, url }: PageObservation): SyntheticAction[] => {
    const focused = elements.find(({ ref }) => ref === focus);
    return [
      ...elements
        .filter(({ coveredBy, state }) => coveredBy === undefined && !state?.includes('disabled'))
        // Another tab is out of a script's reach.
        .filter(({ ref }) => page.referred.get(ref)?.closest('[target=_blank]') === null)
        .flatMap((element) => actionsOn(play, element)),
      ...(focused && play.roles.fill.includes(focused.role) ? [{ press: { key: 'Enter' } }] : []),
      ...(url === '/' ? [] : [{ back: {} }]),
    ];
  };
  /** What the page shows, but for places; of the focus only what it changes of what can be done. */
  const outlineOf = (play: Play, { url, elements, focus }: PageObservation): string =>
    hash(
      elements
        .map(({ ref, role, name, value = '', state = [] }) => [
          ...[role, name, value, ref === focus && play.roles.fill.includes(role)],
          ...state.filter((token) => token !== 'focused'),
        ])
        .join('\n') + url,
    );
  /** The first action of the shortest known way to an outline where something is untried. */
  const wayToUntried = ({ graph }: Play, from: string): string | undefined => {
    const met = new Set([from]);
    let front: { outline: string; first?: string }[] = [{ outline: from }];
    while (front.length > 0) {
      const next: typeof front = [];
      for (const { outline, first } of front) {
        for (const [name, { tried, to }] of Object.entries(graph[outline] ?? {})) {
          if (tried === 0) return first ?? name;
          // A way that was gone so often and did not get there does not lead where it once did.
          if (to === undefined || met.has(to) || tried > mostTries) continue;
          met.add(to);
          next.push({ outline: to, first: first ?? name });
        }
      }
      front = next;
    }
    return undefined;
  };
  const choose = (play: Play, observation: PageObservation, outline: string): SyntheticAction | undefined => {
    const here = (play.graph[outline] ??= {});
    const names = possible(play, observation).map((action) => JSON.stringify(action));
    for (const name of names) here[name] ??= { tried: 0 };
    const least = Math.min(...names.map((name) => here[name]?.tried ?? 0));
    const chosen =
      (least > 0 ? wayToUntried(play, outline) : undefined) ??
      pick(
        play,
        names.filter((name) => here[name]?.tried === least),
      );
    const edge = chosen === undefined ? undefined : here[chosen];
    if (chosen === undefined || !edge) return undefined;
    edge.tried++;
    play.last = { outline, name: chosen };
    return JSON.parse(chosen) as SyntheticAction;
  };
  /** Enters where the last action led. */
  const learn = (play: Play, outline: string): void => {
    const edge = play.last && play.graph[play.last.outline]?.[play.last.name];
    if (edge) edge.to = outline;
    delete play.last;
  };

  /** Answers dialogs in the place of a person, and enters the answers into the walk; returns how to stop that. */
  const answerDialogs = (play: Play): (() => void) => {
    const before = ['alert', 'confirm', 'prompt', 'open'].map(
      (name) => [name, Object.getOwnPropertyDescriptor(window, name)] as const,
    );
    const answer = <T>(action: SyntheticAction, value: T): T => {
      play.walk.push(action);
      return value;
    };
    const replacements: Record<string, (...values: never[]) => unknown> = {
      alert: () => answer({ accept: {} }, undefined),
      confirm: () => (draw(play) < 0.5 ? answer({ accept: {} }, true) : answer({ dismiss: {} }, false)),
      prompt: () => {
        const text = draw(play) < 0.5 ? undefined : pick(play, play.texts);
        return text === undefined ? answer({ dismiss: {} }, null) : answer({ accept: { text } }, text);
      },
      open: () => null,
    };
    for (const [name, value] of Object.entries(replacements))
      Object.defineProperty(window, name, { value, writable: true, configurable: true, enumerable: true });
    return () => {
      for (const [name, descriptor] of before)
        if (descriptor) Object.defineProperty(window, name, descriptor);
    };
  };

  /**
   * Takes steps to an anchor of the page in place of the entry in its history, which could only be taken back with the
   * document; returns how to stop that.
   */
  const replaceAnchors = (): (() => void) => {
    const { navigation } = window as unknown as { navigation: EventTarget };
    const replace = (event: Event): void => {
      const { navigationType, hashChange, destination } = event as Event & {
        navigationType: string;
        hashChange: boolean;
        destination: { url: string };
      };
      if (navigationType !== 'push' || !hashChange) return;
      event.preventDefault();
      location.replace(destination.url);
    };
    EventTarget.prototype.addEventListener.call(navigation, 'navigate', replace);
    return () => navigation.removeEventListener('navigate', replace);
  };

  /** Keeps the walk as it is now, unless a walk that is as short came to the same. */
  const keep = (play: Play, found: SyntheticWalk[]): void => {
    const { value = null, error } = page.evidence();
    if (error !== undefined) return;
    const url = location.pathname + location.search;
    const name = JSON.stringify([url, value]);
    if ((play.known[hash(name) + name.length] ?? Infinity) <= play.walk.length) return;
    play.known[hash(name) + name.length] = play.walk.length;
    found.push({ actions: [...play.walk], url, evidence: value });
  };

  const guard = (play: Play): (() => void) => {
    const undo = [answerDialogs(play), replaceAnchors()];
    return () => undo.forEach((one) => one());
  };

  /** The walk of the moment began in this document. */
  let isStart = false;
  page.play = async (play) => {
    const found: SyntheticWalk[] = [];
    isStart ||= play.taken === 0;
    let isRewritten = false;
    let settled: Settled = { clock: page.now(), seen: page.observe() };
    let restore = guard(play);
    const reply = (next: Played['next']): Played => ({ play, found, next, settled, isRewritten });
    try {
      if (play.walk.length > 0) keep(play, found);
      for (let step = 0; step < slice; step++) {
        const { seen } = settled;
        if (!seen) return reply('on');
        const outline = outlineOf(play, seen.observation);
        learn(play, outline);
        const choice = play.taken < play.steps ? choose(play, seen.observation, outline) : undefined;
        if (choice) {
          play.taken++;
          play.walk.push(choice);
          const { clock } = settled;
          if (page.imitate(choice, seen.points) !== undefined) play.walk.pop();
          settled = await page.settle(play.milliseconds);
          if (!settled.seen) settled = { ...settled, clock };
          else keep(play, found);
          continue;
        }
        Object.assign(play, { walk: [], taken: 0 });
        delete play.last;
        if (++play.walks === play.tries) return reply('over');
        if (!play.start || !isStart) return reply('restart');
        restore();
        if (location.hash !== '' && history.length === 1) history.replaceState(null, '', '/');
        if (page.silence(true) !== 'nothing') return reply('restart');
        restore = guard(play);
        isRewritten = true;
        settled = await page.rewrite(play.start.html, play.start.seed, play.milliseconds);
      }
      return reply('on');
    } finally {
      restore();
    }
  };
}

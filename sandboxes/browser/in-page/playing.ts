import type { PageObservation } from 'lamarck';
import type {
  FoundPlayout,
  InPage,
  Play,
  Played,
  Settled,
  SyntheticAction,
  SyntheticStep,
} from './in-page.ts';

/**
 * Lets a page play by itself: playouts from its start, many steps in one round trip. It draws a map as it goes, of what the
 * page showed and where each action led, and always goes the shortest known way to an action that is untried: every
 * action that the page shows is tried soon, where a random playout may need exponentially many steps.
 */
export function installPlaying(page: InPage): void {
  /** Steps in one round trip: each takes a few ms, and the host takes a page for hung after seconds. */
  const slice = 64;
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
    const names = page.offers(play, observation).map((action) => JSON.stringify(action));
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

  const isAnswer = ({ action }: SyntheticStep): boolean => 'accept' in action || 'dismiss' in action;
  /** The next action of a playout that is played again, done to what it was done to; undefined where that is not there. */
  const follow = (script: SyntheticStep[], observation: PageObservation): SyntheticAction | undefined => {
    while (script[0] && isAnswer(script[0])) script.shift();
    const { action, signs } = script.shift() ?? { action: {}, signs: [] };
    const [name, values] = Object.entries(action)[0] ?? [];
    if (name === undefined) return undefined;
    const refs = signs.map((sign) => page.refOf(sign, observation));
    if (refs.includes(undefined)) return undefined;
    const [ref, to] = refs as string[];
    return { [name]: { ...values, ...(ref !== undefined && { ref }), ...(to !== undefined && { to }) } };
  };
  const stepOf = (action: SyntheticAction, observation: PageObservation): SyntheticStep => {
    const { ref, to } = Object.values(action)[0] ?? {};
    const refs = [ref, to].filter((one) => one !== undefined);
    return { action, signs: refs.map((one) => page.signOf(one, observation)) };
  };

  /** Answers dialogs in the place of a person, as the playout did that is played again, and enters the answers into the playout. */
  const answersIn = (play: Play): NonNullable<InPage['answers']> => {
    const draws = {
      confirm: (): SyntheticAction => (draw(play) < 0.5 ? { accept: {} } : { dismiss: {} }),
      prompt: (): SyntheticAction => {
        const text = draw(play) < 0.5 ? undefined : pick(play, play.texts);
        return text === undefined ? { dismiss: {} } : { accept: { text } };
      },
    };
    const answer = (drawn: () => SyntheticAction): SyntheticAction => {
      const [next] = play.script ?? [];
      const action = next && isAnswer(next) ? (play.script?.shift() ?? next).action : drawn();
      play.playout.push({ action, signs: [] });
      return action;
    };
    return {
      alert: () => void answer(() => ({ accept: {} })),
      confirm: () => 'accept' in answer(draws.confirm),
      prompt: () => answer(draws.prompt).accept?.text ?? null,
    };
  };

  /** Keeps the playout as it is now, unless a playout that is as short came to the same. */
  const keep = (play: Play, found: FoundPlayout[]): void => {
    const { value = null, error } = page.evidence();
    if (error !== undefined) return;
    const url = location.pathname + location.search;
    const name = JSON.stringify([url, value]);
    if ((play.known[hash(name) + name.length] ?? Infinity) <= play.playout.length) return;
    play.known[hash(name) + name.length] = play.playout.length;
    found.push({ steps: [...play.playout], url, evidence: value });
  };

  const next = (play: Play, observation: PageObservation): SyntheticAction | undefined => {
    if (play.script) return follow(play.script, observation);
    const outline = outlineOf(play, observation);
    learn(play, outline);
    return choose(play, observation, outline);
  };

  /** The playout of the moment began in this document. */
  let isStart = false;
  page.play = async (play) => {
    const found: FoundPlayout[] = [];
    isStart ||= play.taken === 0;
    let isRewritten = false;
    let settled: Settled = { clock: page.now(), seen: page.observe() };
    const reply = (then: Played['next']): Played => ({ play, found, next: then, settled, isRewritten });
    page.answers = answersIn(play);
    try {
      if (play.playout.length > 0) keep(play, found);
      for (let step = 0; step < slice; step++) {
        const { seen } = settled;
        if (!seen) return reply('on');
        const choice = play.taken < play.steps ? next(play, seen.observation) : undefined;
        if (choice) {
          play.taken++;
          play.playout.push(stepOf(choice, seen.observation));
          const { clock } = settled;
          if (page.imitate(choice, seen.points, play.files) !== undefined) play.playout.pop();
          settled = await page.settle(play.milliseconds);
          if (!settled.seen) settled = { ...settled, clock };
          else keep(play, found);
          continue;
        }
        Object.assign(play, { playout: [], taken: 0 });
        delete play.last;
        if (++play.playouts === play.tries) return reply('over');
        if (!play.start || !isStart) return reply('restart');
        if (location.hash !== '' && history.length === 1) history.replaceState(null, '', '/');
        if (page.silence(true) !== 'nothing') return reply('restart');
        isRewritten = true;
        settled = await page.rewrite(play.start.html, play.start.seed, play.milliseconds);
      }
      return reply('on');
    } finally {
      page.answers = undefined;
    }
  };
}

import type { PageObservation, PageElement } from 'lamarck';
import type { InPage, Play, SyntheticAction } from './in-page.ts';

/** What synthetic play can do to a page as it is, and how that is found again on one that shows other things too. */
export function installPlayableActions(page: InPage): void {
  const textsFor = ({ texts }: Play, { role, value }: PageElement): readonly string[] =>
    texts.filter(
      (text) => text !== value && (!/^(?:spinbutton|slider)$/.test(role) || Number.isFinite(Number(text))),
    );
  const actionsOn = (play: Play, element: PageElement): SyntheticAction[] => {
    const { ref, role, state, value, options } = element;
    if (options)
      return options.filter((option) => option !== value).map((option) => ({ select: { ref, option } }));
    if (play.roles.fill.includes(role))
      return state?.includes('readonly')
        ? []
        : textsFor(play, element).map((text) => ({ fill: { ref, text } }));
    return play.roles.click.includes(role) ? [{ click: { ref } }] : [];
  };
  /** Another tab is out of a script's reach. */
  const staysHere = ({ ref }: PageElement): boolean => {
    const inner = page.withinFrame(ref);
    const element = inner ? inner.page.referred.get(inner.ref) : page.referred.get(ref);
    return element?.closest('[target=_blank]') === null;
  };
  const special = (play: Play, elements: readonly PageElement[]): SyntheticAction[] => {
    const having = (token: string) => elements.filter(({ state }) => state?.includes(token));
    const targets = having('droppable');
    const drags = having('draggable').flatMap(({ ref, frame }) =>
      targets
        .filter((target) => target.ref !== ref && target.frame === frame)
        .map((target) => ({ drag: { ref, to: target.ref } })),
    );
    return [
      ...having('hoverable')
        .slice(0, play.most.hovers)
        .map(({ ref }) => ({ hover: { ref } })),
      ...drags.slice(0, play.most.drags),
      ...having('uploadable').flatMap(({ ref, value }) =>
        Object.keys(play.files)
          .filter((file) => file !== value)
          .map((file) => ({ upload: { ref, file } })),
      ),
    ];
  };

  page.offers = (play, { elements, focus, url }: PageObservation) => {
    const focused = elements.find(({ ref }) => ref === focus);
    const reachable = elements
      .filter(({ coveredBy, state }) => coveredBy === undefined && !state?.includes('disabled'))
      .filter(staysHere);
    return [
      ...reachable.flatMap((element) => actionsOn(play, element)),
      ...special(play, reachable),
      ...(focused && play.roles.fill.includes(focused.role) ? [{ press: { key: 'Enter' } }] : []),
      ...(url === '/' ? [] : [{ back: {} }]),
    ];
  };

  const looksOf = ({ role, name, frame = '' }: PageElement): string => JSON.stringify([role, name, frame]);
  page.signOf = (ref, { elements }) => {
    const element = elements.find((one) => one.ref === ref);
    if (!element) return '';
    const alike = elements.filter((one) => looksOf(one) === looksOf(element));
    return `${alike.indexOf(element)} ${looksOf(element)}`;
  };
  page.refOf = (sign, { elements }) => {
    const [, place = '', looks = ''] = /^(\d+) (.*)$/s.exec(sign) ?? [];
    return elements.filter((one) => looksOf(one) === looks)[Number(place)]?.ref;
  };
}

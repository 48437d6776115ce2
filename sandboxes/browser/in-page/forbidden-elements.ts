import type { InPage } from './in-page.ts';

/** Knows what is forbidden: by its role, and by all that it may be read as. */
export function installForbiddenElements(page: InPage): void {
  const { getComputedStyle } = window;
  const roles = new Set(page.forbidden.roles);
  const names = page.forbidden.names.map(({ source, flags }) => new RegExp(source, flags));
  if (roles.size + names.length === 0) return;

  /** Letters that look alike in other scripts stay apart; what is not seen at all goes. */
  const plain = (text: string): string =>
    text
      .normalize('NFKC')
      .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
      .replace(/\s+/g, ' ')
      .trim();
  const isName = (text: string): boolean => names.some((name) => name.test(text) || name.test(plain(text)));

  const readByContent =
    /^(?:button|link|checkbox|radio|switch|tab|menuitem|menuitemcheckbox|menuitemradio|option|treeitem|generic)$/;
  const roleOf = (element: Element): string | undefined =>
    element.localName === 'option'
      ? 'option'
      : (page.roleOf(element) ?? (page.isClickable(element) ? 'generic' : undefined));
  /** As observations show it, by block. */
  const ownTextOf = (element: Element): string =>
    [...element.childNodes]
      .map((child) => {
        if (child.nodeType === Node.TEXT_NODE) return (child as Text).data;
        if (!(child instanceof Element) || roleOf(child) !== undefined) return ' ';
        return /^(?:inline|contents)/.test(getComputedStyle(child).display) ? ownTextOf(child) : ' ';
      })
      .join('');
  /** Besides its accessible name: a button that is not shown has none, and still sends its form. */
  const contentOf = (element: Element, role: string): string[] =>
    readByContent.test(role) ? [element.textContent ?? '', (element as HTMLOptionElement).label ?? ''] : [];
  const isRoot = (element: Element): boolean =>
    element === document.body || element === document.documentElement;

  page.isForbidden = (element) => {
    const role = roleOf(element);
    if (role === undefined) {
      const text = isRoot(element) ? '' : ownTextOf(element);
      return text.trim() !== '' && isName(text);
    }
    if (roles.has(role) || isName(page.nameOf(element, role))) return true;
    return contentOf(element, role).some((text) => text.trim() !== '' && isName(text));
  };

  /** Takes input as a whole, whatever is written in parts of it. */
  const isActedOn = (element: Element): boolean =>
    /^(?!dialog|alert|status|gridcell|img|progressbar|meter)/.test(roleOf(element) ?? 'dialog');
  page.isWithinForbidden = (path) => {
    const isPart = path.some(isActedOn);
    return path.some((element) => (!isPart || roleOf(element) !== undefined) && page.isForbidden(element));
  };
}

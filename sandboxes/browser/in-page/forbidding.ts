import type { InPage } from './in-page.ts';

/** Lets no click reach what is forbidden, however it came about: by pointer, by key, or by sending a form. */
export function installForbidding(page: InPage): void {
  const roles = new Set(page.forbidden.roles);
  const names = page.forbidden.names.map(({ source, flags }) => new RegExp(source, flags));
  page.isForbidden = (element) => {
    const role = page.roleOf(element);
    if (role === undefined) return false;
    return roles.has(role) || names.some((name) => name.test(page.nameOf(element, role)));
  };
  const refuse = (event: Event): void => {
    const path = event.composedPath().filter((target) => target instanceof Element);
    if (!path.some((element) => page.isForbidden(element))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  for (const type of ['click', 'pointerdown', 'mousedown', 'pointerup', 'mouseup'])
    window.addEventListener(type, refuse, true);
}

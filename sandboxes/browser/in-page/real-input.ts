import type { Json } from 'lamarck';
import type { InPage } from './in-page.ts';

/** Prepares an element for real input, as far as a person could reach it. */
export function installRealInput(page: InPage): void {
  const { getSelection } = window;
  const { execCommand } = document;
  // A library may have put a property of its own on the field, to hear of what scripts set.
  const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value') as PropertyDescriptor;
  const setValue = (field: HTMLInputElement, value: string): void => set?.call(field, value);
  page.announce = (element) => {
    element.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    element.dispatchEvent(new Event('change', { bubbles: true }));
  };

  page.bringIntoView = (ref) => {
    const element = page.referred.get(ref);
    element?.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
    page.scrolled = true;
    const point = element && page.pointOf(element);
    if (!point) return { error: `${ref} cannot be brought into view.` };
    return 'cover' in point ? { error: `${ref} is covered by something else.` } : point;
  };

  const pick = (field: HTMLInputElement, value: string): boolean => {
    const before = field.value;
    setValue(field, value);
    // The browser empties or mends what does not fit the field's type.
    if (field.value !== value && field.value !== value.toLowerCase()) {
      setValue(field, before);
      return false;
    }
    field.focus();
    page.announce(field);
    return true;
  };
  const isField = (element: Element): element is HTMLInputElement | HTMLTextAreaElement =>
    element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
  const pressed = /^(?:button|submit|reset|image|checkbox|radio|file)$/;
  const picked = /^(?:date|time|datetime-local|month|week|color|range)$/;
  page.takesAnyText = (element) =>
    isField(element) && !element.readOnly && !pressed.test(element.type) && !picked.test(element.type);
  page.checkField = (ref, text) => {
    const field = page.referred.get(ref) as HTMLElement;
    if (!isField(field)) return field.isContentEditable ? {} : { error: `${ref} takes no text.` };
    if (field.readOnly) return { error: `${ref} is read-only.` };
    if (pressed.test(field.type)) return { error: `${ref} takes no text.` };
    if (!picked.test(field.type)) return {};
    return pick(field as HTMLInputElement, text)
      ? { picked: true }
      : { error: `${ref} does not accept "${text}".` };
  };

  page.selectContent = (ref) => {
    const field = page.referred.get(ref);
    if (!field?.isConnected) return true;
    (field as HTMLElement).focus();
    if (isField(field)) field.select();
    else getSelection()?.selectAllChildren(field);
    return page.hearsTyping(field);
  };
  // The browser inserts as it does what is pasted or comes from an input method: trusted, within the field's own limits.
  page.typeOver = async (ref, text, milliseconds, options) => {
    if (page.selectContent(ref)) return { isHeard: true };
    const isDone =
      page.referred.has(ref) &&
      /^[^\r\n]+$/.test(text) &&
      execCommand.call(document, 'insertText', false, text);
    return isDone ? { settled: await page.settle(milliseconds, options) } : { isHeard: false };
  };

  page.choose = (ref, wanted) => {
    const select = page.referred.get(ref);
    if (!(select instanceof HTMLSelectElement)) return { error: `${ref} offers no options.` };
    const options = [...select.options].filter((option) => !option.disabled);
    const labelOf = (option: HTMLOptionElement): string => option.label.replace(/\s+/g, ' ').trim();
    const chosen =
      options.find((option) => labelOf(option) === wanted) ?? options.find(({ value }) => value === wanted);
    if (!chosen) return { error: `${ref} has no option "${wanted}".` };
    if (page.isForbidden(chosen)) return { error: `"${wanted}" is forbidden.` };
    select.focus();
    if (!select.multiple && chosen.selected) return {};
    chosen.selected = select.multiple ? !chosen.selected : true;
    page.announce(select);
    return {};
  };

  page.evidence = () => {
    const { lamarckEvidence } = window as unknown as { lamarckEvidence?: () => unknown };
    if (typeof lamarckEvidence !== 'function') return { value: null };
    try {
      return page.dismissing(() => ({
        value: JSON.parse(JSON.stringify(lamarckEvidence() ?? null)) as Json,
      }));
    } catch (error) {
      return { error: String(error) };
    }
  };
}

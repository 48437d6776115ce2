import type { InPage } from './in-page.ts';

/** Knows whether a page listens to what the browser tells late, or to what it can be spared. */
export function installListenedEvents(page: InPage): void {
  const hovering = /^(?:mouse|pointer)(?:over|out|enter|leave)$/;
  const typing = /^(?:key(?:down|press|up)|(?:before)?input|textInput|composition\w+|selectionchange)$/;
  const handlers = ['onkeydown', 'onkeypress', 'onkeyup', 'onbeforeinput', 'oninput', 'onselectionchange'];
  const oneByOne = /^(?:text|search|email|tel|url|password|textarea)$/;
  let typingMatters = false;
  page.hoverMatters = false;
  const addListener = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (type, ...values) {
    if (hovering.test(type)) page.hoverMatters = true;
    if (typing.test(type)) typingMatters = true;
    addListener.call(this, type, ...values);
  };
  page.forgetListeners = () => {
    page.hoverMatters = false;
    typingMatters = false;
  };

  const handles = (target: object): boolean =>
    handlers.some((handler) => (target as Record<string, unknown>)[handler] != null);
  page.hearsTyping = (field) => {
    const isPlain = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
    if (!isPlain || !oneByOne.test(field.type) || typingMatters || handles(window)) return true;
    if (document.activeElement !== field) return true;
    for (let at: Node | null = field; at; at = at.parentNode) if (handles(at)) return true;
    return false;
  };
}

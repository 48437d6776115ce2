import type { InPage } from './in-page.ts';

/** What elements are to a person: role, accessible name, value and state, after WAI-ARIA and accname where it matters. */
export function installElements(page: InPage): void {
  const { getComputedStyle } = window;
  const longest = 500;
  const inputRoles = new Map([
    ['button', 'button'],
    ['submit', 'button'],
    ['reset', 'button'],
    ['image', 'button'],
    ['file', 'button'],
    ['color', 'button'],
    ['checkbox', 'checkbox'],
    ['radio', 'radio'],
    ['range', 'slider'],
    ['number', 'spinbutton'],
  ]);
  const widgetRoles = new Set(
    'button link checkbox radio switch tab menuitem menuitemcheckbox menuitemradio option treeitem textbox searchbox combobox listbox slider spinbutton status alert dialog alertdialog progressbar meter img gridcell'.split(
      ' ',
    ),
  );
  const collapse = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, longest);

  page.roleOf = (element) => {
    const stated = element.getAttribute('role')?.trim().split(/\s+/)[0];
    if (stated && widgetRoles.has(stated)) return stated;
    switch (element.localName) {
      case 'a':
      case 'area':
        return element.hasAttribute('href') ? 'link' : undefined;
      case 'button':
      case 'summary':
        return 'button';
      case 'input':
        return inputRoles.get((element as HTMLInputElement).type) ?? 'textbox';
      case 'textarea':
        return 'textbox';
      case 'select':
        return (element as HTMLSelectElement).multiple || (element as HTMLSelectElement).size > 1
          ? 'listbox'
          : 'combobox';
      case 'img':
        return element.getAttribute('alt') ? 'img' : undefined;
      case 'dialog':
        return 'dialog';
      case 'output':
        return 'status';
      case 'progress':
        return 'progressbar';
      case 'meter':
        return 'meter';
      default:
        return (element as HTMLElement).isContentEditable && !element.parentElement?.isContentEditable
          ? 'textbox'
          : undefined;
    }
  };

  const actedOn = 'a[href], button, input, select, textarea, summary, [role], [tabindex], [contenteditable]';
  const cursorAround = (element: Element): string => {
    const root = element.parentNode;
    const parent = root instanceof ShadowRoot ? root.host : element.parentElement;
    return parent ? getComputedStyle(parent).cursor : 'auto';
  };
  page.isClickable = (
    element,
    { cursor } = getComputedStyle(element),
    outerCursor = cursorAround(element),
  ) => {
    if (element === document.body || element.localName === 'label') return false;
    const signs =
      (element as HTMLElement).onclick !== null ||
      (element as HTMLElement).tabIndex >= 0 ||
      (cursor === 'pointer' && outerCursor !== 'pointer');
    return signs && element.closest('svg') === null && element.querySelector(actedOn) === null;
  };

  const gather = (node: Node): string => {
    if (node.nodeType === Node.TEXT_NODE) return (node as Text).data;
    if (!(node instanceof Element)) return '';
    if (/^(?:script|style|template|select|textarea|noscript)$/.test(node.localName)) return '';
    if (node.localName === 'img') return ` ${node.getAttribute('alt') ?? ''} `;
    if (node.localName === 'br') return ' ';
    if (node.localName !== 'slot' && !node.checkVisibility({ visibilityProperty: true })) return '';
    let text = '';
    for (const child of (node.shadowRoot ?? node).childNodes) text += gather(child);
    return getComputedStyle(node).display.startsWith('inline') ? text : ` ${text} `;
  };
  page.textOf = (element) => collapse(gather(element));

  const labelsOf = (element: Element): string =>
    [...((element as HTMLInputElement).labels ?? [])].map((label) => page.textOf(label)).join(' ');
  const referredBy = (element: Element): string =>
    (element.getAttribute('aria-labelledby') ?? '')
      .split(/\s+/)
      .map((id) => (id ? (element.getRootNode() as Document | ShadowRoot).getElementById(id) : null))
      .map((label) => (label ? page.textOf(label) || (label.getAttribute('aria-label') ?? '') : ''))
      .join(' ');
  const ownName = (element: Element, role: string, text: string | undefined): string => {
    if (element instanceof HTMLInputElement) {
      if (role !== 'button') return '';
      if (element.type === 'image') return element.alt;
      return element.value || { submit: 'Submit', reset: 'Reset', file: 'Choose file' }[element.type] || '';
    }
    if (role === 'img') return element.getAttribute('alt') ?? '';
    if (
      /^(?:textbox|searchbox|combobox|listbox|dialog|alertdialog|slider|progressbar|meter|spinbutton)$/.test(
        role,
      )
    )
      return '';
    return (text ?? page.textOf(element)) || (element.querySelector('svg > title')?.textContent ?? '');
  };
  page.nameOf = (element, role, text) => {
    for (const name of [
      () => referredBy(element),
      () => element.getAttribute('aria-label') ?? '',
      () => labelsOf(element),
      () => ownName(element, role, text),
      () => element.getAttribute('placeholder') ?? '',
      () => element.getAttribute('title') ?? '',
    ]) {
      const found = collapse(name());
      if (found) return found;
    }
    return '';
  };

  page.valueOf = (element) => {
    if (element instanceof HTMLSelectElement)
      return [...element.selectedOptions].map(({ label }) => collapse(label)).join(', ');
    if (element instanceof HTMLTextAreaElement) return element.value;
    if (element instanceof HTMLInputElement) {
      if (/^(?:button|submit|reset|image|checkbox|radio)$/.test(element.type)) return undefined;
      if (element.type === 'password') return '•'.repeat(element.value.length);
      if (element.type === 'file') return [...(element.files ?? [])].map(({ name }) => name).join(', ');
      return element.value;
    }
    if (element instanceof HTMLProgressElement || element instanceof HTMLMeterElement)
      return String(element.value);
    if ((element as HTMLElement).isContentEditable) return (element as HTMLElement).innerText.trim();
    return element.getAttribute('aria-valuetext') ?? element.getAttribute('aria-valuenow') ?? undefined;
  };

  page.isDisabled = (element) =>
    element.matches(':disabled') || element.closest('[aria-disabled="true"], [inert]') !== null;

  page.isForbidden = () => false;
  page.stateOf = (element) => {
    const isTrue = (name: string): boolean => element.getAttribute(name) === 'true';
    const field = element as HTMLInputElement;
    const details =
      element.localName === 'summary' ? (element.parentElement as HTMLDetailsElement | null) : null;
    const root = element.getRootNode() as Document | ShadowRoot;
    const tokens: [string, boolean][] = [
      ['checked', field.checked === true || isTrue('aria-checked') || isTrue('aria-pressed')],
      ['disabled', page.isDisabled(element)],
      ['expanded', isTrue('aria-expanded') || details?.open === true],
      ['forbidden', page.isForbidden(element)],
      ['focused', root.activeElement === element && element !== document.body],
      ['readonly', field.readOnly === true || isTrue('aria-readonly')],
      ['required', field.required === true || isTrue('aria-required')],
      [
        'selected',
        isTrue('aria-selected') || /^(?:page|step|true)$/.test(element.getAttribute('aria-current') ?? ''),
      ],
    ];
    return tokens.filter(([, holds]) => holds).map(([token]) => token);
  };
}

import type { InPage } from './in-page.ts';

/** Knows what a page has going on in real time, as far as the page itself can tell. */
export function installPendingWork(page: InPage): void {
  page.requests = 0;
  /** Waits of scripts for resources, which only the host can end. */
  let arriving = 0;
  const awaited = <T>(work: Promise<T>): Promise<T> => {
    page.requests++;
    const end = (): void => void page.requests--;
    work.then(end, end);
    return work;
  };
  const arrived = <T>(work: Promise<T>): Promise<T> => {
    arriving++;
    const end = (): void => void arriving--;
    work.then(end, end);
    return work;
  };
  type Work = (...values: never[]) => Promise<unknown>;
  const follow = (
    owner: object | undefined,
    names: readonly string[],
    counting: <T>(work: Promise<T>) => Promise<T> = awaited,
  ): void => {
    for (const name of names) {
      const methods = owner as Record<string, Work | undefined> | undefined;
      const native = methods?.[name];
      if (!methods || !native) continue;
      methods[name] = function (this: unknown, ...values) {
        return counting(native.apply(this, values));
      };
    }
  };
  // Of what the browser does beside the page's own thread, some ends sooner or later by chance.
  const reading = ['arrayBuffer', 'blob', 'bytes', 'formData', 'json', 'text'];
  follow(window, ['fetch', 'createImageBitmap']);
  follow(Response.prototype, reading);
  follow(Blob.prototype, reading);
  follow(window.SubtleCrypto?.prototype, ['digest', 'sign', 'verify', 'encrypt', 'decrypt', 'importKey']);
  follow(HTMLImageElement.prototype, ['decode'], arrived);
  follow(FontFace.prototype, ['load'], arrived);
  follow(FontFaceSet.prototype, ['load'], arrived);
  const { readAsArrayBuffer, readAsDataURL, readAsText } = FileReader.prototype;
  for (const [name, native] of Object.entries({ readAsArrayBuffer, readAsDataURL, readAsText }))
    Object.defineProperty(FileReader.prototype, name, {
      value(this: FileReader, ...values: [Blob]) {
        const ended = (resolve: () => void) => this.addEventListener('loadend', resolve, { once: true });
        native.apply(this, values);
        void awaited(new Promise<void>(ended));
      },
      writable: true,
      configurable: true,
      enumerable: true,
    });
  const { send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.send = function (body) {
    void awaited(
      new Promise<void>((resolve) => this.addEventListener('loadend', () => resolve(), { once: true })),
    );
    send.call(this, body);
  };

  /** Scripts that open a document again and never close it are not waited for: only they could write more of it. */
  const leftOpen = new WeakSet<Document>();
  const { open, write, writeln, close } = Document.prototype;
  for (const [name, native] of Object.entries({ open, write, writeln }))
    Object.defineProperty(Document.prototype, name, {
      value(this: Document, ...values: []) {
        const before = this.readyState;
        const result: unknown = Reflect.apply(native, this, values);
        if (before !== 'loading' && this.readyState === 'loading') leftOpen.add(this);
        return result;
      },
      writable: true,
      configurable: true,
      enumerable: true,
    });
  Document.prototype.close = function () {
    leftOpen.delete(this);
    close.call(this);
  };
  page.isDocumentLoading = () => document.readyState !== 'complete' && !leftOpen.has(document);

  page.areImagesAwaited = (): boolean => {
    for (const image of document.images) if (!image.complete && image.loading !== 'lazy') return true;
    return false;
  };
  page.isBusy = () => page.requests > 0 || page.frames().some(({ page: within }) => within.isBusy());
  page.isLoading = () => {
    // Whether a font that comes late is still shown would depend on how late it is.
    if (page.settleRule.isHeld) for (const face of document.fonts) face.display = 'swap';
    const isAwaited =
      arriving > 0 || page.isDocumentLoading() || page.areFramesLoading() || page.areImagesAwaited();
    if (isAwaited) return true;
    // Fonts and pictures of styles are asked for by layout.
    void document.documentElement?.offsetHeight;
    return document.fonts.status === 'loading';
  };
}

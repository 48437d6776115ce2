// A process that runs candidates in bare isolated-vm: one isolate, a fresh context for each, nothing metered or checked.
import ivm from 'isolated-vm';

interface Bare {
  readonly code: string;
  readonly inputs: readonly string[];
}

const isolate = new ivm.Isolate({ memoryLimit: 32 });
process.on('message', (candidates: readonly Bare[]) => {
  const outputs = candidates.map(({ code, inputs }) => {
    const context = isolate.createContextSync();
    const call = isolate
      .compileScriptSync(`((run) => (text) => JSON.stringify(run(...JSON.parse(text))))(${code})`)
      .runSync(context, { reference: true, timeout: 1000 });
    const results = inputs.map((input) => call.applySync(undefined, [input], { timeout: 1000 }) as string);
    call.release();
    context.release();
    return results;
  });
  process.send?.(outputs);
});

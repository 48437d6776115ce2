/** Set by `bin/lamarck.js`, which starts this process under the Node that it needs: the number of its own process. */
const STARTER_VARIABLE = 'LAMARCK_STARTER';
/** Time in ms from one look to the next. */
const LOOK = 1_000;
/** As a shell reports a process whose terminal has gone. */
const HUNG_UP = 129;

/**
 * Ends this process where the one that started it is gone: killed, it could pass nothing on. Its place is then taken by
 * another parent. Nothing happens where it was not `bin/lamarck.js`: a shell may well end first.
 */
export function endWithStarter(): void {
  const { [STARTER_VARIABLE]: starter } = process.env;
  if (starter === undefined) return;
  // What this process starts has another one.
  delete process.env[STARTER_VARIABLE];
  const look = (): void => {
    if (String(process.ppid) !== starter) process.exit(HUNG_UP);
  };
  look();
  setInterval(look, LOOK).unref();
}

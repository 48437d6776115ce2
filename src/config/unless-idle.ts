/**
 * What a module's loading comes to. Where it waits for what never comes, nothing is left to be done, and Node would end the
 * process without a word.
 *
 * @throws Error in that case
 */
export async function unlessIdle<T>(loading: Promise<T>): Promise<T> {
  const idle = Promise.withResolvers<never>();
  const giveUp = (): void => idle.reject(new Error('an `await` outside of its functions never ends'));
  process.once('beforeExit', giveUp);
  try {
    return await Promise.race([loading, idle.promise]);
  } finally {
    process.off('beforeExit', giveUp);
  }
}

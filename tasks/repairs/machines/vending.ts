const PRICE = 150;
const COINS = [200, 100, 50, 20, 10];

/** What a machine gives for coins that go in one after the other: as soon as the price is paid, a drink and the change. */
export function vend(coins: readonly number[]): { drinks: number; change: number[]; credit: number } {
  let credit = 0;
  let drinks = 0;
  const change: number[] = [];
  for (const coin of coins) {
    if (!COINS.includes(coin)) continue;
    credit += coin;
    if (credit < PRICE) continue;
    drinks++;
    change.push(...changeOf(credit - PRICE));
    credit = 0;
  }
  return { drinks, change, credit };
}

/** An amount in as few coins as it can be paid, the largest first. */
export function changeOf(amount: number): number[] {
  const change: number[] = [];
  let rest = amount;
  for (const coin of COINS) {
    while (rest >= coin) {
      change.push(coin);
      rest -= coin;
    }
  }
  return change;
}

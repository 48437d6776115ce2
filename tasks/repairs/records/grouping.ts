interface Sale {
  readonly city: string;
  readonly amount: number;
}

/** The amounts of each city, cities as they come first. */
export function amountsByCity(sales: readonly Sale[]): { city: string; amounts: number[] }[] {
  const groups: { city: string; amounts: number[] }[] = [];
  for (const { city, amount } of sales) {
    const group = groups.find((one) => one.city === city);
    if (group) group.amounts.push(amount);
    else groups.push({ city, amounts: [amount] });
  }
  return groups;
}

/** The city with the largest sum; the first of several, '' where there are no sales. */
export function bestCity(sales: readonly Sale[]): string {
  let best = '';
  let most = -Infinity;
  for (const { city, amounts } of amountsByCity(sales)) {
    const sum = amounts.reduce((total, amount) => total + amount, 0);
    if (sum > most) {
      best = city;
      most = sum;
    }
  }
  return best;
}

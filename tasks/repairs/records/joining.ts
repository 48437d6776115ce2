interface Person {
  readonly id: number;
  readonly name: string;
}
interface Loan {
  readonly person: number;
  readonly book: string;
  readonly days: number;
}

/** `name: book` of every loan whose person is known, in the order of the loans. */
export function loansByName(people: readonly Person[], loans: readonly Loan[]): string[] {
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return loans.flatMap(({ person, book }) => {
    const name = names.get(person);
    return name === undefined ? [] : [`${name}: ${book}`];
  });
}

/** What each person owes: 2 for every day beyond the 14th; those who owe nothing are left out. */
export function fines(people: readonly Person[], loans: readonly Loan[]): { name: string; fine: number }[] {
  return people
    .map(({ id, name }) => {
      const late = loans
        .filter(({ person }) => person === id)
        .reduce((sum, { days }) => sum + Math.max(0, days - 14), 0);
      return { name, fine: 2 * late };
    })
    .filter(({ fine }) => fine > 0);
}

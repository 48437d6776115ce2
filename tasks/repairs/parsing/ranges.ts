/** The numbers of `1-3,7`: 1, 2, 3 and 7. A range that goes backwards is empty. */
export function expand(text: string): number[] {
  if (text === '') return [];
  return text.split(',').flatMap((part) => {
    const [first = 0, last = first] = part.split('-').map(Number);
    const numbers: number[] = [];
    for (let number = first; number <= last; number++) numbers.push(number);
    return numbers;
  });
}

/** Numbers from small to large as ranges: three or more that follow each other as `1-3`, others alone. */
export function compress(numbers: readonly number[]): string {
  const parts: string[] = [];
  let start = 0;
  while (start < numbers.length) {
    let end = start;
    while (end + 1 < numbers.length && numbers[end + 1] === (numbers[end] ?? 0) + 1) end++;
    if (end - start >= 2) parts.push(`${numbers[start]}-${numbers[end]}`);
    else parts.push(...numbers.slice(start, end + 1).map(String));
    start = end + 1;
  }
  return parts.join(',');
}

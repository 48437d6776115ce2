"""The counter as an environment of openenv-core, by its own server. Prints the port that it listens on."""

import socket
import sys

import uvicorn
from openenv.core.env_server.http_server import create_fastapi_app
from openenv.core.env_server.interfaces import Environment
from openenv.core.env_server.types import Action, Observation, State


class CounterAction(Action):
    amount: int


class CounterObservation(Observation):
    value: int
    goal: int


class Counter(Environment):
    SUPPORTS_CONCURRENT_SESSIONS = True

    def __init__(self):
        super().__init__()
        self._state = State(episode_id=None, step_count=0)
        self.value = 0

    def _look(self):
        return CounterObservation(value=self.value, goal=1_000_000, done=False, reward=None)

    def reset(self, seed=None, episode_id=None, **options):
        self.value = 0
        self._state = State(episode_id=episode_id, step_count=0)
        return self._look()

    def step(self, action, timeout_s=None, **options):
        self.value += action.amount
        self._state.step_count += 1
        return self._look()

    @property
    def state(self):
        return self._state


app = create_fastapi_app(Counter, CounterAction, CounterObservation, max_concurrent_envs=128)
listening = socket.socket()
listening.bind(("127.0.0.1", 0))
print(listening.getsockname()[1], flush=True)
uvicorn.Server(uvicorn.Config(app, log_level="error")).run(sockets=[listening])

"""The keeper: the parent of the embedded servers of one VAR_DIR, and the only one who stops them.

Every command that needs the servers holds a connection to the keeper. The kernel closes it however
the command ends, so the keeper knows without trusting any pid file when nobody is left: then it
stops the servers and ends. Run by `slic_portal.embedded`, never by hand.
"""

import contextlib
import fcntl
import json
import selectors
import signal
import socket
import sys
from pathlib import Path

from slic_portal.servers import EmbeddedError, Postgres, Redis, Server

SERVERS: dict[str, type[Server]] = {"DATABASE_URL": Postgres, "REDIS_URL": Redis}


class Keeper:
    """Serves requests `["DATABASE_URL", …]` with `{"DATABASE_URL": "postgres://…"}`, one a line."""

    def __init__(self, state: Path, run: Path, listener: socket.socket, *, fast: bool) -> None:
        self.state, self.run, self.listener, self.fast = state, run, listener, fast
        self.servers: dict[str, Server] = {}
        self.commands: set[socket.socket] = set()
        self.selector = selectors.DefaultSelector()
        self.selector.register(listener, selectors.EVENT_READ)

    def serve(self) -> None:
        """Serve until the last command has gone."""
        while True:
            for key, _ in self.selector.select(timeout=1):
                if key.fileobj is self.listener:
                    self._welcome()
                elif self._heard(key.fileobj):  # type: ignore[arg-type]
                    return
            self._restart_fallen()

    def _welcome(self) -> None:
        command, _ = self.listener.accept()
        self.commands.add(command)
        self.selector.register(command, selectors.EVENT_READ)

    def _heard(self, command: socket.socket) -> bool:
        """Answer a command or see it go; True when it was the last.

        The last one's connection stays open until this process ends: it waits for that.
        """
        request = b""
        with contextlib.suppress(ConnectionError):
            request = command.recv(4096)
        if request:
            with contextlib.suppress(ConnectionError):
                command.sendall(json.dumps(self._answer(json.loads(request))).encode() + b"\n")
            return False
        self.selector.unregister(command)
        if self.commands == {command}:
            return True
        self.commands.remove(command)
        with contextlib.suppress(ConnectionError):
            command.sendall(b".")  # a goodbye: the services go on for others
        command.close()
        return False

    def _answer(self, names: list[str]) -> dict[str, str]:
        try:
            for name in names:
                if name not in self.servers:
                    server = SERVERS[name](self.state, self.run, fast=self.fast)
                    server.start()
                    self.servers[name] = server
        except EmbeddedError as error:
            return {"error": str(error)}
        return {name: self.servers[name].url for name in names}

    def _restart_fallen(self) -> None:
        for server in self.servers.values():
            if not server.running():
                print(f"{server.name} ended by itself and is started again", flush=True)
                with contextlib.suppress(EmbeddedError):
                    server.start()

    def close(self) -> None:
        """Take no more commands, then stop the servers."""
        # The name goes first: who finds it gone may put up its own at once.
        Path(self.listener.getsockname()).unlink(missing_ok=True)
        self.listener.close()
        for server in self.servers.values():
            server.stop()


def main(state: str, run: str, descriptor: str, speed: str) -> None:
    """Keep the servers of one VAR_DIR; the listening socket is inherited as a descriptor."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with Path(run, "keeper.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # a keeper that is still stopping its servers goes first
        listener = socket.socket(fileno=int(descriptor))
        keeper = Keeper(Path(state), Path(run), listener, fast=speed == "fast")
        try:
            keeper.serve()
        finally:
            keeper.close()


if __name__ == "__main__":
    main(*sys.argv[1:])

"""A Spark of its own: a master and workers, each a process, on loopback."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from pathlib import Path

#: How long a process may take to say that it is there.
PATIENCE = 120


class Cluster:
    """A master, and as many workers with one core each as are asked for."""

    def __init__(self, folder: Path, workers: int) -> None:
        import pyspark

        self._home = Path(pyspark.__file__).parent
        self._folder = folder
        self._master = self._start("master", "master.Master", "--port", "0", "--webui-port", "0")
        self.url = self._awaited("master", r"Starting Spark master at (spark://\S+)")
        self._workers = [self._worker(f"worker{n}") for n in range(workers)]
        for n in range(workers):
            self._awaited(f"worker{n}", r"(Successfully registered with master)")

    def _worker(self, name: str) -> subprocess.Popen[bytes]:
        work = str(self._folder / name)
        options = ["--cores", "1", "--memory", "1g", "--webui-port", "0", "--work-dir", work]
        return self._start(name, "worker.Worker", *options, self.url)

    def _start(self, name: str, what: str, *arguments: str) -> subprocess.Popen[bytes]:
        log = (self._folder / f"{name}.log").open("wb")
        environment = os.environ | {
            "SPARK_HOME": str(self._home),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_DAEMON_MEMORY": "256m",
        }
        return subprocess.Popen(
            [
                str(self._home / "bin" / "spark-class"),
                f"org.apache.spark.deploy.{what}",
                "--host",
                "127.0.0.1",
                *arguments,
            ],
            stdout=log,
            stderr=subprocess.STDOUT,
            env=environment,
            # With what it starts, it is a group that can be killed as one.
            start_new_session=True,
        )

    def _awaited(self, name: str, pattern: str) -> str:
        """What a process says of itself, once it does."""
        log = self._folder / f"{name}.log"
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if found := re.search(pattern, log.read_text("utf-8", errors="replace")):
                return found[1]
            time.sleep(0.2)
        raise TimeoutError(f"{name} did not start:\n{log.read_text('utf-8', errors='replace')}")

    def kill_worker(self, number: int) -> None:
        """Kills a worker and all that it runs, as a power cut does."""
        _kill(self._workers[number])

    def stop(self) -> None:
        """Ends all processes that were started."""
        for process in [*self._workers, self._master]:
            _kill(process)

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

"""Tokens and sentences by wiezei, by spaCy's blank Dutch pipeline and by ucto,
in turn, on the same text.

    cargo build --release --no-default-features
    python3 -m venv peers && peers/bin/pip install spacy
    apt-get install ucto                  # where there is one
    peers/bin/python benches/tokens_beside_peers.py

Each round runs every program once, so that a busy machine slows all of them;
the ratios of the rounds say more than the megabytes a second. wiezei and ucto
are timed as programs, with start-up, reading and writing; spaCy from texts in
memory to documents in memory, without the start of Python. What is not
installed is left out.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--megabytes", type=float, default=1.0, help="of text (default: 1)")
    parser.add_argument("--rounds", type=int, default=5, help="default: 5")
    arguments = parser.parse_args()
    articles = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("corpus/*.txt"))]
    once = sum(len(article.encode()) for article in articles)
    times = max(1, round(arguments.megabytes * 1e6 / once))
    size = once * times / 1e6
    texts = articles * times
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "articles.txt"
        file.write_text("\n\n".join(texts), encoding="utf-8")
        programs = {"wiezei": wiezei(file), "spaCy": spacy(texts), "ucto": ucto(file)}
        programs = {name: run for name, run in programs.items() if run}
        seconds = {name: [] for name in programs}
        for _ in range(arguments.rounds):
            for name, run in programs.items():
                start = time.perf_counter()
                run()
                seconds[name].append(time.perf_counter() - start)
    print(f"{size:.1f} MB of example articles, {arguments.rounds} rounds, in turn; medians")
    for name, measured in seconds.items():
        speed = statistics.median(size / s for s in measured)
        pairs = [other / own for own, other in zip(seconds["wiezei"], measured)]
        low, high = min(pairs), max(pairs)
        ratio = statistics.median(pairs)
        print(f"{name:8} {speed:8.2f} MB/s   wiezei is {ratio:6.1f} times as fast [{low:.1f}, {high:.1f}]")


def wiezei(file):
    program = ROOT / "target" / "release" / "wiezei"
    if not program.exists():
        sys.exit("first: cargo build --release --no-default-features")
    return lambda: quietly([program, "tokens", "--quiet", file])


def spacy(texts):
    try:
        import spacy
    except ImportError:
        return None
    pipeline = spacy.blank("nl")
    pipeline.add_pipe("sentencizer")
    return lambda: [pipeline(text) for text in texts]


def ucto(file):
    program = shutil.which("ucto")
    return program and (lambda: quietly([program, "-L", "nld", "-n", file, "/dev/null"]))


def quietly(command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main()

"""What the tests have in common: a model, loaded once."""

import os
from pathlib import Path

import pytest

import wiezei

# The tests are of the model in the package, on whatever they start.
os.environ.pop("WIEZEI_MODEL", None)

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="session")
def pipeline() -> wiezei.Pipeline:
    return wiezei.load()


@pytest.fixture(scope="session")
def articles() -> dict[str, str]:
    """The example articles, by the names of their files."""
    return {path.stem: path.read_text("utf-8") for path in sorted(CORPUS.glob("*.txt"))}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--articles", type=int, default=20_000, help="how many articles Spark reads [20000]"
    )

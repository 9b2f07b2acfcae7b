"""What the tests have in common: a model, loaded once."""

import os
from pathlib import Path

import pytest

import wiezei

# The tests are of the model in the package, on whatever they start.
os.environ.pop("WIEZEI_MODEL", None)

#: Long enough to tell its language.
ENGLISH = (
    "The bridge across the harbour will stay closed until spring, said alderman Noor Bakker. "
    '"We would have preferred that the contractor had delivered the steel in time", according '
    "to the alderman. Residents on the other side of the water will have to take the long way "
    "round, and the ferry only sails during the day when the weather is fine."
)

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

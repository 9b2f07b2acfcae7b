from collections.abc import Sequence

__version__: str

class ModelFailure(Exception):
    """A model that cannot be loaded, or that failed on a text."""

class Reader:
    """A model, loaded, and all that reads a text with it."""

    def __new__(
        cls, folder: str, threads: int | None = None, label_map: str | None = None
    ) -> Reader: ...
    @property
    def model(self) -> str: ...
    def read(
        self, ids: Sequence[str], titles: Sequence[str | None], texts: Sequence[str]
    ) -> Found: ...

class Found:
    """What was found in some documents."""

    def __len__(self) -> int: ...
    def text(self, index: int) -> str: ...
    def json(self, index: int, with_text: bool = False) -> str: ...
    def quotations(self) -> object: ...
    def documents(self) -> object: ...

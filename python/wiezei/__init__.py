"""Who says what in Dutch news text.

>>> import wiezei
>>> pipeline = wiezei.load()
>>> text = '"De brug blijft dicht", zegt wethouder Noor Bakker van Gouda.'
>>> document = pipeline.attribute(text)
>>> quote = document.quotes[0]
>>> quote.text
'"De brug blijft dicht"'
>>> quote.speaker.name
'Noor Bakker'

Offsets are code points, as Python counts them:

>>> text[quote.start:quote.end] == quote.text
True
"""

from ._pipeline import Pipeline, load
from ._results import (
    Document,
    Entity,
    Mention,
    NamedEntity,
    NotQuote,
    Quote,
    Results,
    Speaker,
    Warning,
    Words,
)
from ._wiezei import ModelFailure, __version__

__all__ = [
    "Document",
    "Entity",
    "Mention",
    "ModelFailure",
    "NamedEntity",
    "NotQuote",
    "Pipeline",
    "Quote",
    "Results",
    "Speaker",
    "Warning",
    "Words",
    "__version__",
    "load",
]

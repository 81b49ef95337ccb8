"""THE table of what people say instead of answering; a new one is a row here and its words `said.<id>`.

`trouble`, `bill`, `moving` and `talking` hold the rows; `recognise` runs before the open question's own reader.
"""

from domain.intake.sayings.phrases import Effect, Saying
from domain.intake.sayings.recognising import SAYINGS, recognise, says_more, wants_person

__all__ = ["SAYINGS", "Effect", "Saying", "recognise", "says_more", "wants_person"]

"""THE table of questions that customers ask us; a new one is a row here, its words `faq.<id>` and its button.

The modules named after topics hold the rows; `find` tells which one is asked, or which three it may be.
"""

from domain.intake.faq.entry import TOPICS, Entry
from domain.intake.faq.finding import FAQ, Found, find, is_question, of_topic

__all__ = ["FAQ", "TOPICS", "Entry", "Found", "find", "is_question", "of_topic"]

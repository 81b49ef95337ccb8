"""Whole stories that the page can play: a customer from hello to moved, and a bad day."""

from sandbox.page.stories.bad_day import BAD_DAY
from sandbox.page.stories.sample import SAMPLE

STORIES = (SAMPLE, BAD_DAY)

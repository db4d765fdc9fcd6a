"""Waves: every item once, in order, no more than are worth having in memory; and what goes through the stages in one is as if it were alone."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.pipeline import load_pipeline
from jianbao.readers import ReadOptions
from jianbao.records import Article
from jianbao.stages import waves as stage_waves
from jianbao.stages.read import list_files, read
from jianbao.stages.waves import waves
from jianbao.stages.work import Job, work

CORPUS = Path(__file__).parents[2] / "corpus" / "articles"


@given(st.lists(st.integers(0, 2 * stage_waves._CHARACTERS)))
def test_waves_hold_every_item_once_in_order(lengths: list[int]) -> None:
    items = list(enumerate(lengths))
    made = list(waves(items, lambda item: item[1]))
    assert [item for wave in made for item in wave] == items
    assert all(made)
    assert all(len(wave) <= stage_waves._ITEMS for wave in made)
    assert all(sum(length for _, length in wave[:-1]) < stage_waves._CHARACTERS for wave in made)


@pytest.mark.parametrize("size", [2, 5])
def test_work_of_several_articles_is_that_of_each_alone(size: int) -> None:
    nlp = load_pipeline()
    files, _ = list_files([CORPUS])
    jobs = [Job(one) for one in read(files, ReadOptions()) if isinstance(one, Article)]
    alone = [work([job], nlp)[0] for job in jobs]
    together = [results for first in range(0, len(jobs), size) for results in work(jobs[first : first + size], nlp)]
    assert together == alone

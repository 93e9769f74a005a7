"""The day that a file was changed on, by the computer's own calendar."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from rag.errors import NothingInScope
from rag.index.catalog import Catalog
from rag.records import Scope
from tests.rag.index.filling import begin, record


@pytest.fixture
def local_time(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Sets the computer's time zone."""

    def use(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield use
    monkeypatch.undo()
    time.tzset()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system's time zone cannot be set")
@pytest.mark.parametrize(
    ("zone", "moment", "day"),
    [
        ("UTC", "2023-06-30T23:59:59.999999", date(2023, 6, 30)),
        ("UTC", "2023-07-01T00:00:00", date(2023, 7, 1)),
        ("Asia/Tokyo", "2023-06-30T15:00:00", date(2023, 7, 1)),
        ("Asia/Tokyo", "2023-06-30T14:59:59", date(2023, 6, 30)),
        ("America/Los_Angeles", "2023-07-01T06:59:59", date(2023, 6, 30)),
        ("America/Sao_Paulo", "2018-11-04T03:00:00", date(2018, 11, 4)),  # has no midnight
        ("America/Sao_Paulo", "2018-11-04T02:59:59", date(2018, 11, 3)),
        ("UTC", "1970-01-01T00:00:00", date(1970, 1, 1)),
    ],
)
def test_a_file_belongs_to_the_day_that_the_computers_calendar_shows(
    catalog: Catalog,
    tmp_path: Path,
    local_time: Callable[[str], None],
    zone: str,
    moment: str,
    day: date,
):
    local_time(zone)
    changed = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    modified_ns = int(changed.timestamp()) * 10**9 + changed.microsecond * 1000
    document_id, _ = begin(catalog, "words")
    file = replace(record(tmp_path / "a.txt"), modified_ns=modified_ns)
    catalog.finish_document(document_id, file)

    before, after = date.fromordinal(day.toordinal() - 1), date.fromordinal(day.toordinal() + 1)

    assert catalog.documents_in(Scope(since=day, until=day)) == {document_id}
    for scope in (Scope(until=before), Scope(since=after)):
        with pytest.raises(NothingInScope):
            catalog.documents_in(scope)

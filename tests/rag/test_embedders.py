"""The library is searched by what made its vectors, and changes to another without a gap."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.cancel import CancelToken
from rag.errors import Cancelled, DiskFull, EmbedderMissing, NoEmbedder
from rag.events import EmbedderChanged
from tests.fakes import FakeEmbedder, FakeEmbedders
from tests.rag.home import Home, many_sentences

SENTENCES = ["Rowan berries are red.", "Sloes are blue.", "Elder grows by the river."]


@pytest.fixture
def small() -> FakeEmbedder:
    return FakeEmbedder("small", 32)


@pytest.fixture
def large() -> FakeEmbedder:
    return FakeEmbedder("large", 96)


@pytest.fixture
def home(tmp_path: Path, small: FakeEmbedder, large: FakeEmbedder) -> Iterator[Home]:
    home = Home(tmp_path, FakeEmbedders(small=small, large=large, absent=None))
    yield home
    home.close()


def test_a_new_library_takes_the_default_and_remembers_it(home: Home) -> None:
    home.add(rowan=SENTENCES[0])

    assert home.used == "small"
    assert home.nearest("rowan berries") == [SENTENCES[0]]
    home.source.known = {"large": home.source.known["large"], "small": home.source.known["small"]}
    home.reopen()
    assert home.nearest("rowan berries") == [SENTENCES[0]]
    assert home.used == "small"


def test_a_new_library_takes_what_was_chosen_for_it(home: Home) -> None:
    home.embedders.use("large")

    assert home.embedders.state().current.id == "large"
    home.add(rowan=SENTENCES[0])
    assert home.used == "large"
    assert home.change() == 0


def test_nothing_changes_unless_it_is_wished_for(home: Home) -> None:
    home.add(rowan=SENTENCES[0])

    assert home.change() == 0
    assert home.embedders.state().coming is None
    assert home.embedders.state().current.id == "small"


def test_until_the_change_is_complete_the_old_vectors_are_searched(
    home: Home, small: FakeEmbedder
) -> None:
    home.add(rowan=SENTENCES[0], many=many_sentences())
    home.embedders.use("large")
    states: list[EmbedderChanged] = []

    def look(state: EmbedderChanged) -> None:
        states.append(state)
        if state.coming is not None:
            assert home.embedders.searching()[0] is small
            assert home.nearest("rowan berries")[0] == SENTENCES[0]

    home.change(look)

    done = [state.chunks_done for state in states if state.coming]
    assert done == sorted(done)
    assert (done[0], done[-1]) == (0, home.catalog.count_chunks())
    assert states[-1].coming is None
    assert states[-1].current.id == home.used == "large"


def test_after_the_change_all_is_found_by_the_new_one_alone(
    home: Home, large: FakeEmbedder
) -> None:
    home.add(a=SENTENCES[0], b=SENTENCES[1], c=SENTENCES[2])
    home.embedders.use("large")

    home.change()

    assert home.embedders.searching()[0] is large
    assert home.nearest("sloes are blue")[0] == SENTENCES[1]
    assert home.catalog.vectors().matrix.shape == (3, 96)
    home.reopen()
    assert home.embedders.searching()[0] is large
    assert home.nearest("sloes are blue")[0] == SENTENCES[1]
    home.add(d="Hazel has nuts.")
    assert home.nearest("hazel nuts")[0] == "Hazel has nuts."


def test_an_empty_library_changes_at_once(home: Home) -> None:
    home.add(rowan=SENTENCES[0])
    home.library.remove([home.folder / "files"])
    home.embedders.use("large")

    home.change()

    assert home.used == "large"


def test_equal_texts_are_embedded_once(home: Home, large: FakeEmbedder) -> None:
    same = "The same sentence everywhere."
    home.add(a=f"{same}\n\n{many_sentences(3)}", b=f"{same}\n\n{many_sentences(4)}")
    home.embedders.use("large")

    home.change()

    assert len(large.embedded) == len(set(large.embedded))


def test_a_change_goes_on_where_it_was_stopped(home: Home, large: FakeEmbedder) -> None:
    home.add(many=many_sentences())
    total = home.catalog.count_chunks()
    home.embedders.use("large")
    change = home.embedders.change(home.library.gate, CancelToken())
    while next(change).chunks_done < 20:
        pass
    change.close()
    home.reopen()
    before = len(large.embedded)

    assert home.used == "small"
    assert home.embedders.state().chunks_done == before
    home.change()

    assert home.used == "large"
    assert len(large.embedded) == total


def test_what_is_read_meanwhile_is_found_at_once_and_embedded_anew_too(home: Home) -> None:
    home.add(many=many_sentences())
    home.embedders.use("large")
    change = home.embedders.change(home.library.gate, CancelToken())
    while next(change).chunks_done < 20:
        pass
    change.close()

    home.add(rowan=SENTENCES[0])
    assert home.nearest("rowan berries")[0] == SENTENCES[0]
    home.change()

    assert home.used == "large"
    assert home.nearest("rowan berries")[0] == SENTENCES[0]
    assert len(home.catalog.vectors().ids) == home.catalog.count_chunks()


def test_a_change_can_be_paused_and_cancelled(home: Home) -> None:
    home.add(many=many_sentences())
    home.embedders.use("large")
    home.library.gate.pause()
    cancel = CancelToken()
    change = home.embedders.change(home.library.gate, cancel)
    next(change)

    assert next(change).paused
    cancel.cancel()
    with pytest.raises(Cancelled):
        next(change)
    assert home.used == "small"


def test_a_wish_can_be_taken_back(home: Home) -> None:
    home.add(many=many_sentences())
    home.embedders.use("large")
    change = home.embedders.change(home.library.gate, CancelToken())
    while next(change).chunks_done < 20:
        pass

    home.embedders.use("small")
    last = list(change)[-1]

    assert (last.current.id, last.coming) == ("small", None)
    assert home.catalog.embedders.coming() is None
    assert home.change() == 0


def test_a_new_wish_replaces_the_one_in_work(home: Home) -> None:
    third = home.source.known["third"] = FakeEmbedder("third", 48)
    home.add(many=many_sentences())
    home.embedders.use("large")
    change = home.embedders.change(home.library.gate, CancelToken())
    while next(change).chunks_done < 20:
        pass

    home.embedders.use("third")
    for _ in change:
        pass

    assert home.used == "third"
    assert home.embedders.searching()[0] is third


def test_what_is_not_installed_cannot_be_chosen(home: Home) -> None:
    home.add(rowan=SENTENCES[0])

    for name in ("absent", "unheard-of"):
        with pytest.raises(EmbedderMissing, match=name):
            home.embedders.use(name)

    assert home.change() == 0


def test_when_the_chosen_one_vanishes_the_old_one_stays_and_what_was_made_waits(
    home: Home, large: FakeEmbedder
) -> None:
    home.add(many=many_sentences())
    home.embedders.use("large")
    change = home.embedders.change(home.library.gate, CancelToken())
    while next(change).chunks_done < 20:
        pass
    change.close()
    home.source.known["large"] = None

    home.reopen()

    assert "“large” is not on this computer any more" in home.notices[0]
    assert home.change() == 0
    assert home.nearest("parcel 7")
    home.source.known["large"] = large
    home.reopen()
    assert home.notices == ()
    assert home.embedders.state().chunks_done >= 20
    home.change()
    assert home.used == "large"
    assert len(large.embedded) == home.catalog.count_chunks()


def test_a_chosen_one_that_cannot_be_loaded_is_told_once(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.add(rowan=SENTENCES[0])
    home.embedders.use("large")
    load = home.source.embedder

    def broken(embedder_id=None, cancel=None):
        if embedder_id == "large":
            raise NoEmbedder
        return load(embedder_id, cancel)

    monkeypatch.setattr(home.source, "embedder", broken)

    with pytest.raises(EmbedderMissing, match="The large"):
        home.change()
    assert home.change() == 0
    assert home.nearest("rowan berries") == [SENTENCES[0]]


def test_without_what_made_the_vectors_words_are_searched_and_all_is_embedded_anew(
    home: Home, large: FakeEmbedder
) -> None:
    home.add(rowan=SENTENCES[0])
    home.source.known["small"] = None

    home.reopen()

    assert "found by their words alone" in home.notices[0]
    assert home.nearest("rowan berries") == []
    state = home.embedders.state()
    assert (state.current.installed, state.coming and state.coming.id) == (False, "large")
    home.add(sloe=SENTENCES[1])  # read meanwhile: no vector by what is not in use
    assert len(home.catalog.search_words("sloes", 5, None)) == 1
    home.change()
    assert home.used == "large"
    assert home.nearest("rowan berries")[0] == SENTENCES[0]
    assert home.nearest("sloes are blue")[0] == SENTENCES[1]


def test_when_what_made_the_vectors_comes_back_nothing_is_changed(
    home: Home, small: FakeEmbedder
) -> None:
    home.add(many=many_sentences())
    home.source.known["small"] = None
    home.reopen()
    change = home.embedders.change(home.library.gate, CancelToken())
    while next(change).chunks_done < 20:
        pass
    change.close()
    home.source.known["small"] = small

    home.reopen()
    home.change()

    assert home.used == "small"
    assert home.catalog.embedders.coming() is None
    assert home.nearest("parcel 7")


def test_another_model_under_the_same_name_is_another_embedder(home: Home) -> None:
    home.add(rowan=SENTENCES[0])
    newer = home.source.known["small"] = FakeEmbedder("newer", 32)
    home.reopen()

    assert home.nearest("rowan berries") == []
    states: list[EmbedderChanged] = []
    home.change(states.append)

    assert states[0].coming is not None
    assert home.embedders.searching()[0] is newer
    assert home.nearest("rowan berries") == [SENTENCES[0]]
    assert home.catalog.embedders.in_use().fingerprint == "newer"


@pytest.mark.parametrize(("fingerprint", "kept"), [("small", True), ("newer", False)])
def test_vectors_of_unknown_make_are_kept_if_their_keys_tell_the_maker(
    home: Home, fingerprint: str, *, kept: bool
) -> None:
    home.add(rowan=SENTENCES[0])
    home.catalog.embedders.identify("")  # as in a library of the first version
    maker = home.source.known["small"] = FakeEmbedder(fingerprint, 32)
    home.reopen()

    found = home.nearest("rowan berries")

    assert bool(found) is kept
    home.change()
    assert home.embedders.searching()[0] is maker
    assert bool(maker.embedded) is not kept
    assert home.catalog.embedders.in_use().fingerprint == fingerprint


def test_a_wish_for_what_is_in_use_under_another_name_changes_nothing(
    home: Home, small: FakeEmbedder
) -> None:
    home.add(rowan=SENTENCES[0])
    home.source.known["alias"] = small
    home.embedders.use("alias")

    assert home.change() == 0
    assert home.embedders.state().coming is None
    assert home.used == "small"


def test_without_any_embedder_that_is_said(tmp_path: Path) -> None:
    home = Home(tmp_path, FakeEmbedders(small=None))

    with pytest.raises(NoEmbedder):
        home.embedders.searching()

    assert home.change() == 0
    assert not home.embedders.state().current.installed
    home.close()


def test_a_full_disk_loses_nothing(
    home: Home, large: FakeEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.add(many=many_sentences())
    home.embedders.use("large")
    write = home.catalog.embedders.write_vectors
    written = 0

    def full(*arguments):
        nonlocal written
        if written == 1:
            raise DiskFull(home.folder)
        written += 1
        write(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(home.catalog.embedders, "write_vectors", full)
        with pytest.raises(DiskFull):
            home.change()
    assert home.nearest("parcel 7")
    kept = home.embedders.state().chunks_done

    home.change()

    assert kept > 0
    assert home.used == "large"
    assert home.nearest("parcel 7")


def test_a_search_begun_before_the_change_ends_with_what_it_began_with(home: Home) -> None:
    home.add(rowan=SENTENCES[0], sloe=SENTENCES[1])
    embedder, vectors = home.embedders.searching()
    home.embedders.use("large")

    home.change()

    found = vectors.query(embedder.embed_question("rowan berries").vector, 1, None)
    assert home.catalog.chunks([found[0].chunk_id])[0].chunk.text == SENTENCES[0]

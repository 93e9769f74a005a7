import argparse

import pytest

from app import __main__ as program
from rag import cli, cli_arguments, cli_cite


@pytest.fixture
def went(monkeypatch):
    """Which way each start went."""
    went = []
    monkeypatch.setattr(cli, "main", lambda given: went.append(("cli", given)) or 0)
    monkeypatch.setattr(program, "_window", lambda given: went.append(("window", given)) or 0)
    return went


def test_the_verbs_are_those_of_the_command_line():
    actions = cli_arguments.parser(cli._VERBS, cli_cite.cite)._actions
    verbs = next(action for action in actions if isinstance(action, argparse._SubParsersAction))

    assert set(verbs.choices) == program.VERBS


def test_a_folder_named_like_a_verb_does_not_hide_the_verb(went, tmp_path, monkeypatch):
    (tmp_path / "ask").mkdir()
    monkeypatch.chdir(tmp_path)

    program.main(["ask", "What now?"])

    assert went == [("cli", ["ask", "What now?"])]


@pytest.mark.parametrize("path", ["./ask", "papers", "--library"])
def test_paths_and_options_open_the_window(went, tmp_path, monkeypatch, path):
    (tmp_path / "ask").mkdir()
    (tmp_path / "papers").mkdir()
    monkeypatch.chdir(tmp_path)

    program.main([path])

    assert went == [("window", [path])]


def test_a_mistyped_verb_goes_to_the_command_line_which_names_the_right_ones(went):
    program.main(["serach"])

    assert went == [("cli", ["serach"])]

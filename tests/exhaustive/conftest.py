"""The libraries that are asked for everything, each read once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rag.options import Options
from rag.session import Session
from tests.exhaustive.asking import read_into
from tests.exhaustive.library import KnownLibrary, write_library
from tests.exhaustive.reports import FOLDER
from tests.exhaustive.unseen_harbour import Papers, write_harbour

SEED = 20
PATIENT = replace(Options(), pass_at_once_s=600.0)  # on however slow a machine


@pytest.fixture(scope="session")
def known(tmp_path_factory: pytest.TempPathFactory) -> KnownLibrary:
    return write_library(tmp_path_factory.mktemp("company"), SEED)


@pytest.fixture(scope="session")
def company_library(known: KnownLibrary, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _read(tmp_path_factory.mktemp("company-library"), known.folder)


@pytest.fixture
def company(company_library: Path) -> Iterator[Session]:
    with Session(company_library, options=PATIENT) as session:
        yield session


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    return write_harbour(tmp_path_factory.mktemp("harbour"), SEED)


@pytest.fixture(scope="session")
def harbour_library(papers: Papers, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _read(tmp_path_factory.mktemp("harbour-library"), next(iter(papers)).parent)


@pytest.fixture
def harbour(harbour_library: Path) -> Iterator[Session]:
    with Session(harbour_library, options=PATIENT) as session:
        yield session


@pytest.fixture(scope="session")
def reports_folder(test_data: Path) -> Path:
    return test_data / FOLDER


@pytest.fixture(scope="session")
def accidents_library(reports_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _read(tmp_path_factory.mktemp("accidents-library"), reports_folder)


@pytest.fixture
def accidents(accidents_library: Path) -> Iterator[Session]:
    with Session(accidents_library, options=PATIENT) as session:
        yield session


def _read(library: Path, folder: Path) -> Path:
    """Read `folder` into a new `library`."""
    with Session(library) as session:
        read_into(session, [folder])
    return library

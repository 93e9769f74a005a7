# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
"""The bundled recognition models: where they lie, and how they are run.

They are data files of the package `rapidocr`, which is never imported: its own code can download.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol, cast

import cv2
import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from rag.errors import NoRecogniser

DETECTOR = "PP-OCRv6_det_small.onnx"
RECOGNISER = "PP-OCRv6_rec_small.onnx"
MAX_THREADS = 2
_PACKAGE = "rapidocr"
_FATAL_ONLY = 4

Floats = NDArray[np.float32]


class _Value(Protocol):
    name: str


class _Metadata(Protocol):
    custom_metadata_map: Mapping[str, str]


class _Options(Protocol):
    log_severity_level: int
    intra_op_num_threads: int
    inter_op_num_threads: int
    enable_cpu_mem_arena: bool

    def add_session_config_entry(self, name: str, value: str) -> None: ...


class _Session(Protocol):
    """What is used of onnxruntime, which has no types."""

    def run(self, outputs: None, inputs: Mapping[str, Floats]) -> Sequence[Floats]: ...
    def get_inputs(self) -> Sequence[_Value]: ...
    def get_modelmeta(self) -> _Metadata: ...


class Model:
    """A network with one input and one output; `run` may be called by several threads."""

    def __init__(self, path: Path, threads: int) -> None:
        options = cast("_Options", ort.SessionOptions())
        options.log_severity_level = _FATAL_ONLY
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # every picture has its own size: nothing is reused
        # Threads that wait by spinning slow down whatever else the computer does.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        providers = ["CPUExecutionProvider"]
        start = cast("Callable[..., _Session]", ort.InferenceSession)
        try:
            self._session = start(str(path), options, providers=providers)
        except Exception as error:  # the library raises whatever it meets
            raise NoRecogniser(f"{path.name} is damaged") from error
        self._input = self._session.get_inputs()[0].name

    def run(self, values: Floats) -> Floats:
        """What the network makes of `values`; raises `MemoryError` when it cannot be computed."""
        try:
            return self._session.run(None, {self._input: values})[0]
        except Exception as error:  # all that is left to fail is memory
            raise MemoryError from error

    def characters(self) -> list[str]:
        """What the network's classes stand for, as far as it tells: none where it does not."""
        return self._session.get_modelmeta().custom_metadata_map.get("character", "").splitlines()


def threads() -> int:
    """How many cores recognition may use."""
    return max(1, min(MAX_THREADS, os.cpu_count() or 1))


def load() -> tuple[Model, Model]:
    """The detector of lines and the recogniser of their text.

    Each line is recognised by one core, as many lines at once as there are `threads`. Raises
    `NoRecogniser` when a model is missing or damaged.
    """
    folder = _folder()
    cv2.setNumThreads(1)
    return Model(_file(folder, DETECTOR), threads()), Model(_file(folder, RECOGNISER), 1)


def _file(folder: Path, name: str) -> Path:
    path = folder / name
    if not path.is_file():
        raise NoRecogniser(f"{name} is missing")
    return path


def _folder() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)  # where a packaged app keeps its data
    if isinstance(frozen, str) and (bundled := Path(frozen, _PACKAGE, "models")).is_dir():
        return bundled
    found = importlib.util.find_spec(_PACKAGE)
    places = found.submodule_search_locations if found else None
    if not places:
        raise NoRecogniser(f"the package {_PACKAGE} is missing")
    return Path(next(iter(places)), "models")

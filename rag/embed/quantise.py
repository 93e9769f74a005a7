"""Rounds a graph's weights to 8 bits, after evening out what is multiplied with them.

Numbers that go into a product are rounded as well, on a scale that their largest one sets. In
transformers a few channels are many times larger than the rest, which would so lose its precision.
Dividing each channel by a factor, and multiplying the weights it meets by the same, changes
nothing but that (SmoothQuant, arXiv 2211.10438).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
import onnx
import onnxruntime as ort  # pyright: ignore[reportMissingTypeStubs]
from numpy.typing import NDArray
from onnx import helper, numpy_helper
from onnxruntime.quantization import (  # pyright: ignore[reportMissingTypeStubs]
    QuantType,
    quantize_dynamic,  # pyright: ignore[reportUnknownVariableType]
)

from rag.embed.fast_copy import INPUT

_SHARE = 0.7  # of the differences that the weights take over; measured, 0.5 and 0.9 are worse
_SMALLEST = 1e-5
Floats = NDArray[np.float32]


def quantise(exact: Path, fast: Path, samples: Iterable[Sequence[int]]) -> None:
    """Write `exact` to `fast` with weights of 8 bits; `samples` are the token ids of some texts."""
    smooth = fast.with_suffix(".smooth")
    model = onnx.load(exact)  # pyright: ignore[reportUnknownMemberType]
    _smooth(model.graph, _largest(model, samples))
    narrowing = [product.node.name for product in _products(model.graph) if product.narrows]
    onnx.save(model, smooth)  # pyright: ignore[reportUnknownMemberType]
    quantize_dynamic(
        smooth,
        fast,
        weight_type=QuantType.QInt8,
        per_channel=True,
        # Those lose most by it, by far: what they add up is the uneven output of an activation.
        nodes_to_exclude=narrowing,
        # 7 of the 8 bits: sums of two products of 8 bits overflow in processors without VNNI,
        # where a text would get another vector.
        reduce_range=True,
    )
    smooth.unlink()


@dataclass(frozen=True, slots=True)
class _Product:
    """A multiplication with weights."""

    node: onnx.NodeProto
    weights: onnx.TensorProto  # a row per channel

    @property
    def channels(self) -> str:
        """The name of what is multiplied."""
        return self.node.input[0]

    @property
    def narrows(self) -> bool:
        """Whether it leads from more channels to fewer."""
        before, after = self.weights.dims
        return before > after


def _products(graph: onnx.GraphProto) -> list[_Product]:
    weights = {tensor.name: tensor for tensor in graph.initializer if len(tensor.dims) == 2}
    return [
        _Product(node, weights[node.input[1]])
        for node in graph.node
        if node.op_type == "MatMul" and node.input[1] in weights
    ]


def _largest(model: onnx.ModelProto, samples: Iterable[Sequence[int]]) -> dict[str, Floats]:
    """The largest size of each channel of each input of a product, over all samples."""
    names = list(dict.fromkeys(product.channels for product in _products(model.graph)))
    watched = onnx.ModelProto()
    watched.CopyFrom(model)
    for name in names:
        value = helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None)
        watched.graph.output.append(value)
    session = ort.InferenceSession(watched.SerializeToString(), providers=["CPUExecutionProvider"])
    largest: dict[str, Floats] = {}
    for tokens in samples:
        seen = session.run(names, {INPUT: np.array([tokens], np.int64)})  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        for name, values in zip(names, cast("list[Floats]", seen), strict=True):
            sizes = np.abs(values).reshape(-1, values.shape[-1]).max(axis=0)
            largest[name] = np.maximum(sizes, largest.get(name, _SMALLEST))
    return largest


def _smooth(graph: onnx.GraphProto, largest: dict[str, Floats]) -> None:
    products = _products(graph)
    divided: dict[str, onnx.NodeProto] = {}
    for name, sizes in largest.items():
        sharing = [product for product in products if product.channels == name]
        matrices = [cast("Floats", numpy_helper.to_array(p.weights)) for p in sharing]
        rows = np.maximum(np.max([np.abs(m).max(axis=1) for m in matrices], axis=0), _SMALLEST)
        factors = sizes**_SHARE / rows ** (1 - _SHARE)
        factors = (factors / np.exp(np.log(factors).mean())).astype(np.float32)
        divisor, result = f"{name}/divisor", f"{name}/even"
        graph.initializer.append(numpy_helper.from_array(1 / factors, divisor))
        divided[name] = helper.make_node("Mul", [name, divisor], [result])
        for product, matrix in zip(sharing, matrices, strict=True):
            evened = numpy_helper.from_array(matrix * factors[:, None], product.weights.name)
            product.weights.CopyFrom(evened)
            product.node.input[0] = result
    ordered: list[onnx.NodeProto] = []
    for node in list(graph.node):
        for name in node.input:
            before = divided.pop(name.removesuffix("/even"), None) if "/even" in name else None
            ordered += [before] if before is not None else []
        ordered.append(node)
    del graph.node[:]
    graph.node.extend(ordered)
